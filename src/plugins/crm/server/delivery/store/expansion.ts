/** Set-based expansion: who of a segment gets a row, by which channel, and with what verdict. */
import type { Knex } from 'knex';

import { isPostgres, type Database } from '../../kernel';
import type { Channel } from '../channels/channel';
import type { ChannelRule } from '../../../shared/delivery';

export interface CandidateQuery {
  /** `customer_id`s of the segment. */
  readonly members: Knex.QueryBuilder;
  readonly channels: readonly Channel[];
  readonly rule: ChannelRule;
  /** Customers after this id … */
  readonly after: number;
  /** … up to and with this one. */
  readonly through: number;
}

/** One person and channel, with what SQL alone can say about it. `reason` null: may be written to. */
export interface Candidate {
  readonly customer_id: number;
  readonly language: string;
  readonly channel: string;
  readonly address: string | null;
  readonly reason: string | null;
}

/** No row in the state table is not a refusal, but nobody asked: opt-in is the law. */
const CONSENT = `case
  when a.address is null then 'no-address'
  when s.granted is null then 'no-consent'
  when not s.granted then 'withdrawn'
  when i.id is not null and i.verified_at is null and exists (
    select 1 from crm_identities m where m.customer_id = c.id and m.kind = 'member'
  ) then 'unconfirmed'
end`;

function onChannel(db: Database, query: CandidateQuery, channel: Channel, rank: number) {
  return db('crm_customers as c')
    .leftJoin(channel.addresses(db).as('a'), 'a.customer_id', 'c.id')
    .leftJoin('crm_consent_states as s', (join) => {
      join
        .on('s.customer_id', 'c.id')
        .andOnVal('s.purpose', 'marketing')
        .andOnVal('s.channel', channel.consentChannel);
    })
    .leftJoin('crm_identities as i', (join) => {
      join.on('i.customer_id', 'c.id').andOnVal('i.kind', 'email').andOn('i.value', 'a.address');
    })
    .where('c.id', '>', query.after)
    .where('c.id', '<=', query.through)
    .whereIn('c.id', query.members.clone())
    .select(
      'c.id as customer_id',
      'c.language as language',
      db.raw('? as channel', [channel.key]),
      'a.address as address',
      db.raw(`${CONSENT} as reason`),
      db.raw(`${Number(rank)} as channel_rank`),
    );
}

/**
 * `prefer`: the first channel that may be used; where none may, the reason that says most: "has
 * unsubscribed" rather than "has no LINE".
 */
export function candidates(db: Database, query: CandidateQuery): Knex.QueryBuilder {
  const [first, ...rest] = query.channels.map((channel, rank) =>
    onChannel(db, query, channel, rank),
  );
  if (!first) throw new Error('A campaign needs a channel');
  const all = rest.length > 0 ? first.unionAll(rest) : first;
  if (query.rule === 'all') return db.from(all.as('candidate')).select('*');
  const ranked = db.from(all.as('candidate')).select(
    '*',
    db.raw(
      `row_number() over (partition by customer_id
        order by case when reason is null then 0 when reason = 'no-address' then 2 else 1 end,
          channel_rank) as wish`,
    ),
  );
  return db.from(ranked.as('ranked')).where('wish', 1).select('*');
}

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
  now: number,
): Promise<void> {
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

/** The rows after `lastId` that SQL let through, for the checks that need more than SQL. */
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

/** The lowest id of each address keeps the message. By crm_messages_address. */
export async function blockDuplicateAddresses(
  db: Database,
  campaignId: number,
  lastId: number,
): Promise<void> {
  await db('crm_messages')
    .where({ campaign_id: campaignId, status: 'queued' })
    .where('id', '>', lastId)
    .whereExists(
      db('crm_messages as other')
        .select(db.raw('1'))
        .where('other.campaign_id', campaignId)
        .whereRaw('other.address = crm_messages.address')
        .whereRaw('other.channel = crm_messages.channel')
        .where('other.status', 'queued')
        .whereRaw('other.id < crm_messages.id'),
    )
    .update({ status: 'blocked', guard_verdict: 'block', guard_reason: 'duplicate-address' });
}

export async function blockQueued(
  db: Database,
  blocked: ReadonlyMap<string, readonly number[]>,
): Promise<void> {
  for (const [reason, ids] of blocked) {
    for (let start = 0; start < ids.length; start += 500) {
      await db('crm_messages')
        .whereIn('id', ids.slice(start, start + 500))
        .where({ status: 'queued' })
        .update({ status: 'blocked', guard_verdict: 'block', guard_reason: reason });
    }
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
