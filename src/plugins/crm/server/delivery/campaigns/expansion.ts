/** Turns a campaign and its segment into rows of the outbox, range by range. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { GuardReason } from '../../../shared/delivery';
import { clock, inTransaction } from '../../kernel';

import { suppressedRows } from '../guard';
import { channelsOf } from '../outbox/configured-channels';
import { unwillingPeople } from '../preferences';
import { transition, type CampaignRecord } from '../store/campaigns';
import {
  blockDuplicateAddresses,
  blockQueued,
  expandRange,
  lastMessageId,
  queuedAfter,
} from '../store/expansion';
import { holdOut, splitForTest } from '../store/split';

import { entryGate } from './entry-gate';
import { peopleOf, type People } from './people';
import { openByQuota } from './quota';

/** Customers a transaction: on SQLite the one connection is held for about a tenth of a second. */
const RANGE = 5_000;

interface Range {
  readonly after: number;
  readonly through: number;
  readonly people: People;
}

/** Of a range: who may not read it, and who does not want it. */
interface Refused {
  readonly withheld: ReadonlySet<number>;
  readonly unwilling: ReadonlyMap<number, GuardReason>;
}

/** True when every row is written and may go; false when the campaign was stopped or is held. */
export async function expandCampaign(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<boolean> {
  const people = await peopleOf(strapi, campaign);
  const withheldFrom = await entryGate(strapi, campaign);
  let after = campaign.expansionCursor;
  for (;;) {
    const ids = await people.ids({ after, limit: RANGE });
    const through = ids.at(-1);
    if (through === undefined) break;
    // Before the transaction: on SQLite nothing else may ask the database inside it.
    const refused = {
      withheld: await withheldFrom(ids),
      unwilling: await unwillingPeople(strapi, campaign.topic, { after, through }),
    };
    if (!(await expandOne(strapi, campaign, { after, through, people }, refused))) return false;
    after = through;
  }
  return openByQuota(strapi, campaign);
}

/** One range, its verdicts, and the cursor behind it: all or nothing. */
function expandOne(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  range: Range,
  refused: Refused,
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
        members: range.people.query(trx, range),
        channels: channelsOf(strapi, campaign.channels),
        rule: campaign.channelRule,
        after: range.after,
        through: range.through,
      },
      clock(strapi).now().getTime(),
    );
    await blockDuplicateAddresses(trx, campaign.id, lastId);
    await blockQueued(trx, await blockedAfter(strapi, trx, campaign, lastId, refused));
    await splitRows(trx, campaign, lastId);
    return true;
  });
}

/** Of those who may get it: who is held out, and who takes part in a test. */
async function splitRows(trx: Knex.Transaction, campaign: CampaignRecord, lastId: number) {
  const range = { campaignId: campaign.id, lastId };
  if (campaign.holdoutPercent > 0) await holdOut(trx, range, campaign.holdoutPercent);
  if (!campaign.test) return;
  const variants = campaign.test.variants.length + 1;
  await splitForTest(trx, range, { share: campaign.test.share, variants });
}

/** What SQL alone cannot say: suppressed addresses (hashed) and people who may not read it. */
async function blockedAfter(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  campaign: CampaignRecord,
  lastId: number,
  { withheld, unwilling }: Refused,
): Promise<Map<GuardReason, number[]>> {
  const rows = await queuedAfter(trx, campaign.id, lastId);
  const suppressed: number[] = [];
  for (const channel of channelsOf(strapi, campaign.channels)) {
    const own = rows.filter((row) => row.channel === channel.key);
    suppressed.push(...(await suppressedRows(trx, channel.consentChannel, own)));
  }
  const gone = new Set(suppressed);
  const left = rows.filter((row) => !gone.has(row.id));
  const blocked = new Map<GuardReason, number[]>([['suppressed', suppressed]]);
  for (const { id, customer_id } of left) {
    const reason = unwilling.get(customer_id) ?? (withheld.has(customer_id) ? 'access' : null);
    if (!reason) continue;
    const ids = blocked.get(reason) ?? [];
    blocked.set(reason, ids);
    ids.push(id);
  }
  return blocked;
}
