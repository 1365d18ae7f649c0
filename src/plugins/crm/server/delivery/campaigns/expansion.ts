/** Turns a campaign and its segment into rows of the outbox, range by range. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { GuardReason } from '../../../shared/delivery';
import { clock, inTransaction } from '../../kernel';
import { segmentsService } from '../../segments';

import { suppressedRows } from '../guard';
import { channelsOf } from '../outbox/configured-channels';
import { transition, type CampaignRecord } from '../store/campaigns';
import {
  blockDuplicateAddresses,
  blockQueued,
  expandRange,
  lastMessageId,
  queuedAfter,
} from '../store/expansion';

import { entryGate } from './entry-gate';
import { openByQuota } from './quota';

/** Customers a transaction: on SQLite the one connection is held for about a tenth of a second. */
const RANGE = 5_000;

interface Range {
  readonly after: number;
  readonly through: number;
}

/** True when every row is written and may go; false when the campaign was stopped or is held. */
export async function expandCampaign(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<boolean> {
  const segment = campaign.segment ?? '';
  const withheldFrom = await entryGate(strapi, campaign);
  let after = campaign.expansionCursor;
  for (;;) {
    const ids = await segmentsService(strapi).memberIds(segment, { after, limit: RANGE });
    const through = ids.at(-1);
    if (through === undefined) break;
    // Before the transaction: on SQLite nothing else may ask the database inside it.
    const withheld = await withheldFrom(ids);
    if (!(await expandOne(strapi, campaign, { after, through }, withheld))) return false;
    after = through;
  }
  return openByQuota(strapi, campaign);
}

/** One range, its verdicts, and the cursor behind it: all or nothing. */
function expandOne(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  range: Range,
  withheld: ReadonlySet<number>,
): Promise<boolean> {
  return inTransaction(strapi, async ({ trx }) => {
    const alive = await transition(strapi, campaign.id, ['sending', 'paused'], {
      expansionCursor: range.through,
    });
    if (!alive) return false;
    const lastId = await lastMessageId(trx);
    await expandRange(
      trx,
      campaign.id,
      {
        members: segmentsService(strapi).memberIdsQuery(campaign.segment ?? '', trx),
        channels: channelsOf(strapi, campaign.channels),
        rule: campaign.channelRule,
        ...range,
      },
      clock(strapi).now().getTime(),
    );
    await blockDuplicateAddresses(trx, campaign.id, lastId);
    await blockQueued(trx, await blockedAfter(strapi, trx, campaign, lastId, withheld));
    return true;
  });
}

/** What SQL alone cannot say: suppressed addresses (hashed) and people who may not read it. */
async function blockedAfter(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  campaign: CampaignRecord,
  lastId: number,
  withheld: ReadonlySet<number>,
): Promise<Map<GuardReason, number[]>> {
  const rows = await queuedAfter(trx, campaign.id, lastId);
  const suppressed: number[] = [];
  for (const channel of channelsOf(strapi, campaign.channels)) {
    const own = rows.filter((row) => row.channel === channel.key);
    suppressed.push(...(await suppressedRows(trx, channel.consentChannel, own)));
  }
  const gone = new Set(suppressed);
  const unreadable = rows
    .filter((row) => withheld.has(row.customer_id) && !gone.has(row.id))
    .map((row) => row.id);
  return new Map([
    ['suppressed', suppressed],
    ['access', unreadable],
  ]);
}
