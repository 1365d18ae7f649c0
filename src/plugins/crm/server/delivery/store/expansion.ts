/** Set-based expansion: the rows of a range of people, and the verdicts that need more than one statement. */
import type { Knex } from 'knex';

import { chunked, isPostgres, type Database } from '../../kernel';
import type { GuardReason } from '../../../shared/delivery';

import { candidates, type CandidateQuery } from './candidates';

const uuid = (db: Database): string =>
  isPostgres(db)
    ? 'cast(gen_random_uuid() as varchar)'
    : `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)
        || '-' || substr('89ab', 1 + abs(random()) % 4, 1) || substr(hex(randomblob(2)), 2)
        || '-' || hex(randomblob(6)))`;

/**
 * Writes the rows of one range of customers in one statement. The unique key makes a second
 * expansion of the same range change nothing.
 */
export async function expandRange(
  db: Database,
  campaignId: number,
  query: CandidateQuery,
): Promise<void> {
  const { now } = query;
  const perChannel = query.rule === 'all' ? "|| ':' || channel" : '';
  const source = db
    .from(candidates(db, query).as('chosen'))
    .select(
      db.raw('cast(? as integer)', [campaignId]),
      'customer_id',
      'channel',
      db.raw("'marketing'"),
      db.raw(`'campaign:' || cast(? as integer) || ':' || customer_id ${perChannel}`, [campaignId]),
      'address',
      'language',
      db.raw("case when reason is null then 'queued' else 'blocked' end"),
      db.raw("case when reason is null then 'allow' else 'block' end"),
      'reason',
      db.raw(uuid(db)),
      db.raw('0'),
      db.raw('cast(? as bigint)', [now]),
      db.raw('cast(? as bigint)', [now]),
    );
  // SQLite reads "on conflict" after a bare select as a join; a where clause settles it.
  void source.whereNotNull('customer_id');
  await db(
    db.raw(
      `crm_messages (campaign_id, customer_id, channel, stream, unique_key, address, locale, status,
        guard_verdict, guard_reason, retry_key, attempts, due_at, created_at)`,
    ),
  )
    .insert(source)
    .onConflict('unique_key')
    .ignore();
}

export interface QueuedAddress {
  readonly id: number;
  readonly customer_id: number;
  readonly channel: string;
  readonly address: string;
}

/** Rows written from now on have a higher id. */
export async function lastMessageId(db: Database): Promise<number> {
  const rows: { id: number }[] = await db('crm_messages')
    .orderBy('id', 'desc')
    .limit(1)
    .select('id');
  return Number(rows[0]?.id ?? 0);
}

/** The rows after `lastId` that SQL let through, for the check that needs more than SQL. */
export async function queuedAfter(
  db: Database,
  campaignId: number,
  lastId: number,
): Promise<QueuedAddress[]> {
  return db('crm_messages')
    .where({ campaign_id: campaignId, status: 'queued' })
    .where('id', '>', lastId)
    .select('id', 'customer_id', 'channel', 'address');
}

/**
 * Rows whose address an earlier row of the campaign has; who is held out keeps hers, so that nobody
 * in her house is sent what she is compared by. Asked once, when every row is written.
 */
export const duplicateRows = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db
    .from(
      // A window and no join: statistics of rows that were written a second ago say nothing.
      db('crm_messages')
        .where({ campaign_id: campaignId })
        .where((row) => void row.where({ status: 'queued' }).orWhere({ guard_reason: 'holdout' }))
        .select(
          'id',
          db.raw('row_number() over (partition by channel, address order by id) as place'),
        )
        .as('numbered'),
    )
    .where('place', '>', 1)
    .select('id');

/** Of the rows after `lastId`: who may not read it. By crm_messages_person. */
export async function blockPeople(
  db: Database,
  campaignId: number,
  lastId: number,
  people: ReadonlySet<number>,
): Promise<void> {
  for (const part of chunked([...people])) {
    await db('crm_messages')
      .whereIn('customer_id', part)
      .where({ campaign_id: campaignId, status: 'queued' })
      .where('id', '>', lastId)
      .update({ status: 'blocked', guard_verdict: 'block', guard_reason: 'access' });
  }
}

export async function blockQueued(
  db: Database,
  reason: GuardReason,
  ids: readonly number[],
): Promise<void> {
  for (const part of chunked(ids)) {
    await db('crm_messages')
      .whereIn('id', part)
      .where({ status: 'queued' })
      .update({ status: 'blocked', guard_verdict: 'block', guard_reason: reason });
  }
}

/** Which of these hashes are suppressed. */
export async function suppressedHashes(
  db: Database,
  channel: string,
  hashes: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (let start = 0; start < hashes.length; start += 500) {
    const rows: { address_hash: string }[] = await db('crm_suppressions')
      .where({ channel })
      .whereIn('address_hash', hashes.slice(start, start + 500))
      .select('address_hash');
    for (const row of rows) found.add(row.address_hash);
  }
  return found;
}

export async function hasSuppressions(db: Database, channel: string): Promise<boolean> {
  const row: unknown = await db('crm_suppressions').where({ channel }).first('id');
  return row !== undefined;
}

/** All that are suppressed, where they are few enough to be kept in memory; else null. */
export async function allSuppressed(
  db: Database,
  channel: string,
  most: number,
): Promise<ReadonlySet<string> | null> {
  const rows: { address_hash: string }[] = await db('crm_suppressions')
    .where({ channel })
    .limit(most + 1)
    .select('address_hash');
  return rows.length > most ? null : new Set(rows.map((row) => row.address_hash));
}
