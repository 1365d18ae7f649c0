/** Who of a range of people may be written to, by which channel, as far as SQL can say. */
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
  /** What it is about, for those who do not want that. */
  readonly topic: number | null;
  readonly now: number;
}

/** One person and channel, with what SQL alone can say about it. `reason` null: may be written to. */
export interface Candidate {
  readonly customer_id: number;
  readonly language: string;
  readonly channel: string;
  readonly address: string | null;
  readonly reason: string | null;
}

/** The hash of `addressHash`, of an address that is stored in its one spelling. */
const HASH = "encode(sha256(convert_to(a.address, 'UTF8')), 'hex')";

/**
 * No row in the state table is not a refusal, but nobody asked: opt-in is the law. SQLite cannot
 * hash, so there suppressed addresses are looked for afterwards.
 */
const reasonOf = (db: Database) => `case
  when a.address is null then 'no-address'
  when s.granted is null then 'no-consent'
  when not s.granted then 'withdrawn'
  when i.id is not null and i.verified_at is null and exists (
    select 1 from crm_identities m where m.customer_id = c.id and m.kind = 'member'
  ) then 'unconfirmed'
  ${isPostgres(db) ? "when x.address_hash is not null then 'suppressed'" : ''}
  when t.customer_id is not null then 'topic'
  when w.customer_id is not null then 'paused'
end`;

/** Rows of the same person within the range, with these values. */
const joined =
  (alias: string, { after, through }: CandidateQuery, values: Readonly<Record<string, string>>) =>
  (join: Knex.JoinClause) => {
    void join
      .on(`${alias}.customer_id`, 'c.id')
      .andOnVal(`${alias}.customer_id`, '>', after)
      .andOnVal(`${alias}.customer_id`, '<=', through);
    for (const [column, value] of Object.entries(values))
      void join.andOnVal(`${alias}.${column}`, value);
    if (alias === 'i') void join.andOn('i.value', 'a.address');
  };

/**
 * The range stands in every part, not only on the customer: PostgreSQL carries it over no join, and
 * would read a million consents for each few thousand people.
 */
function onChannel(db: Database, query: CandidateQuery, channel: Channel, rank: number) {
  const { after, through } = query;
  const within = (rows: Knex.QueryBuilder, alias: string) =>
    db
      .from(rows.as(alias))
      .where(`${alias}.customer_id`, '>', after)
      .where(`${alias}.customer_id`, '<=', through);
  const unwilling = (table: string) => within(db(table), 'no').distinct('no.customer_id');
  const refusing = unwilling('crm_topic_refusals').where('no.topic_id', query.topic ?? 0);
  const resting = unwilling('crm_contact_wishes').where('no.paused_until', '>', query.now);
  const people = db('crm_customers as c')
    .leftJoin(within(channel.addresses(db), 'reached').select('*').as('a'), 'a.customer_id', 'c.id')
    .leftJoin(
      'crm_consent_states as s',
      joined('s', query, { purpose: 'marketing', channel: channel.consentChannel }),
    )
    .leftJoin('crm_identities as i', joined('i', query, { kind: 'email' }))
    .leftJoin(refusing.as('t'), 't.customer_id', 'c.id')
    .leftJoin(resting.as('w'), 'w.customer_id', 'c.id');
  if (isPostgres(db)) {
    void people.leftJoin('crm_suppressions as x', (join) => {
      join.on('x.address_hash', db.raw(HASH)).andOnVal('x.channel', channel.consentChannel);
    });
  }
  if (query.rule === 'best') {
    const answered = within(responses(db, channel, query.now), 'answer').select('*');
    void people.leftJoin(answered.as('r'), 'r.customer_id', 'c.id');
  }
  return people
    .where('c.id', '>', after)
    .where('c.id', '<=', through)
    .whereIn('c.id', within(query.members.clone(), 'member').select('member.customer_id'))
    .select(
      'c.id as customer_id',
      'c.language as language',
      db.raw('? as channel', [channel.key]),
      'a.address as address',
      db.raw(`${reasonOf(db)} as reason`),
      db.raw(`${Number(rank)} as channel_rank`),
      db.raw(query.rule === 'best' ? 'coalesce(r.answered, 0) as answered' : '0 as answered'),
    );
}

const RESPONSE_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * Messages of a channel that a person clicked or answered lately. Opening does not count: only mail
 * tells of it. By crm_message_events_person.
 */
const responses = (db: Database, { key }: Channel, now: number): Knex.QueryBuilder =>
  db('crm_message_events as e')
    .join('crm_messages as m', 'm.id', 'e.message_id')
    .where({ 'm.channel': key, 'e.is_machine': false })
    .whereIn('e.type', ['click', 'reply'])
    .where('e.at', '>=', now - RESPONSE_MS)
    .groupBy('e.customer_id')
    .select('e.customer_id as customer_id')
    .countDistinct('e.message_id as answered');

/**
 * `prefer` and `best`: the first channel that may be used, or the one she answers most on; where none may, the reason that says most: "has
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
          answered desc, channel_rank) as wish`,
    ),
  );
  return db.from(ranked.as('ranked')).where('wish', 1).select('*');
}
