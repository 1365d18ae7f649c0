/** Turns a campaign and its segment into rows of the outbox, range by range. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import {
  chunked,
  clock,
  database,
  giveWay,
  heavyRead,
  inTransaction,
  isPostgres,
  jobs,
} from '../../kernel';

import { suppressionFilter } from '../guard';
import { channelsFor } from '../outbox/configured-channels';
import { transition, type CampaignRecord } from '../store/campaigns';
import {
  blockPeople,
  blockQueued,
  duplicateRows,
  expandRange,
  lastMessageId,
  queuedAfter,
} from '../store/expansion';
import { holdOut, splitForTest } from '../store/split';

import { entryGate } from './entry-gate';
import { peopleOf, type People } from './people';
import { openByQuota } from './quota';

/** Customers a transaction: SQLite holds the thread that answers requests for some twenty milliseconds. */
const RANGE = { sqlite: 1_000, postgres: 20_000 };

interface Range {
  readonly after: number;
  readonly through: number;
  readonly people: People;
}

/** Of one channel: which rows have an address that must get nothing. */
interface Suppression {
  readonly channel: string;
  readonly among: Awaited<ReturnType<typeof suppressionFilter>>;
}

/** What SQL alone cannot say of a range: who may not read it, and on SQLite whose address is suppressed. */
interface Refused {
  readonly suppressions: readonly Suppression[];
  readonly withheld: ReadonlySet<number>;
}

/**
 * True when every row is written and may go; false when the campaign was stopped or is held, or this
 * node is to end: then whoever sweeps next goes on behind the cursor.
 */
export async function expandCampaign(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<boolean> {
  const people = await peopleOf(strapi, campaign);
  const withheldFrom = await entryGate(strapi, campaign);
  const hashes = isPostgres(database(strapi));
  const suppressions = hashes ? [] : await suppressionsOf(strapi, campaign);
  const limit = hashes ? RANGE.postgres : RANGE.sqlite;
  let after = campaign.expansionCursor;
  for (;;) {
    const ids = await people.ids({ after, limit });
    const through = ids.at(-1);
    if (through === undefined) break;
    // Before the transaction: on SQLite nothing else may ask the database inside it.
    const refused = { suppressions, withheld: await withheldFrom(ids) };
    if (!(await expandOne(strapi, campaign, { after, through, people }, refused))) return false;
    after = through;
    if (jobs(strapi).isStopping) return false;
    await giveWay(strapi);
  }
  await blockDuplicates(strapi, campaign);
  return openByQuota(strapi, campaign);
}

async function suppressionsOf(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<readonly Suppression[]> {
  const channels = channelsFor(strapi, campaign).map(async (channel) => ({
    channel: channel.key,
    among: await suppressionFilter(database(strapi), channel.consentChannel),
  }));
  return Promise.all(channels);
}

/** After the last range, before anything goes: a crash in between only means that it is asked again. */
async function blockDuplicates(strapi: Core.Strapi, { id }: CampaignRecord): Promise<void> {
  const db = database(strapi);
  const rows = await heavyRead<{ id: number }>(strapi, duplicateRows(db, id));
  for (const part of chunked(rows)) {
    await blockQueued(
      db,
      'duplicate-address',
      part.map((row) => Number(row.id)),
    );
    await giveWay(strapi);
  }
}

/** One range, its verdicts, and the cursor behind it: all or nothing. */
function expandOne(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  { after, through, people }: Range,
  refused: Refused,
): Promise<boolean> {
  return inTransaction(strapi, async ({ trx }) => {
    const alive = await transition(strapi, campaign.id, ['sending', 'paused'], {
      expansionCursor: through,
    });
    if (!alive) return false;
    const lastId = await lastMessageId(trx);
    await expandRange(trx, campaign.id, {
      members: people.query(trx, { after, through }),
      channels: channelsFor(strapi, campaign),
      rule: campaign.channelRule,
      topic: campaign.topic,
      now: clock(strapi).now().getTime(),
      after,
      through,
    });
    await blockSuppressed(trx, campaign, lastId, refused.suppressions);
    await blockPeople(trx, campaign.id, lastId, refused.withheld);
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

async function blockSuppressed(
  trx: Knex.Transaction,
  campaign: CampaignRecord,
  lastId: number,
  suppressions: readonly Suppression[],
): Promise<void> {
  if (suppressions.length === 0) return;
  const rows = await queuedAfter(trx, campaign.id, lastId);
  for (const { channel, among } of suppressions) {
    const own = rows.filter((row) => row.channel === channel);
    await blockQueued(trx, 'suppressed', [...(await among(trx, own))]);
  }
}
