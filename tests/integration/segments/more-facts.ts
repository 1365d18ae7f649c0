/**
 * What the hundred people are beside their own record: fields that an operator made in the
 * Content-Type Builder, who looks after them, their friendship on LINE, what was sent to them, and
 * segments that somebody put them into.
 */
import type { Core } from '@strapi/strapi';

import { kernel } from '../../support/crm';
import { AGES, DAY, dice, NOW, type Person } from './people';

type Status = 'following' | 'blocked';

export interface Happened {
  /** The campaign; null: a message of none, for example a receipt. */
  readonly option: string | null;
  readonly at: number;
}

/** Fields of the operator's own as they stand in the record. */
interface OwnFields {
  readonly visits: number | null;
  readonly weight: number | null;
  readonly ratio: number | null;
  readonly wantsCatalogue: boolean | null;
  readonly anniversary: string | null;
  readonly joinedClub: number | null;
  readonly size: string | null;
  readonly owner: number | null;
}

export interface MoreFacts extends OwnFields {
  /** By account. */
  readonly friends: readonly Status[];
  readonly messages: readonly (Happened & { readonly accepted: boolean })[];
  /** By people: what machines opened is written as well and stands in none of these. */
  readonly reactions: readonly (Happened & { readonly kind: 'open' | 'click' })[];
}

export const VISITS = [0, 1, 2, -3, 2_147_483_647, null];
export const WEIGHTS = [0, 0.5, 1.25, -2.5, 100, null];
export const ANNIVERSARIES = ['2026-11-22', '2026-11-21', '2024-02-29', '1999-12-31', null];
export const SIZES = ['S', 'M', 'L'];
export const CAMPAIGNS = ['campaign-a', 'campaign-b'];
export const SEGMENTS = ['segment-a', 'segment-b', 'segment-empty'];

/** As the Content-Type Builder leaves the type behind. */
export function ownFields(strapi: Core.Strapi): void {
  Object.assign(strapi.contentType('plugin::crm.customer').attributes, {
    visits: { type: 'integer' },
    weight: { type: 'decimal' },
    ratio: { type: 'float' },
    wantsCatalogue: { type: 'boolean' },
    anniversary: { type: 'date' },
    joinedClub: { type: 'datetime' },
    size: { type: 'enumeration', enum: SIZES },
  });
}

/** Of several accounts one that is followed is enough. */
export function friendship(friends: readonly Status[]): string {
  if (friends.length === 0) return 'none';
  return friends.includes('following') ? 'following' : 'blocked';
}

interface Drawn {
  readonly facts: MoreFacts;
  readonly machines: readonly (Happened & { readonly kind: 'open' | 'click' })[];
  readonly segments: readonly string[];
}

function draw(roll: (size: number) => number): Drawn {
  const pick = <T>(values: readonly T[]): T => values[roll(values.length)] as T;
  const some = <T>(most: number, make: () => T): T[] =>
    Array.from({ length: roll(most + 1) }, make);
  const happened = () => ({ option: pick([...CAMPAIGNS, null]), at: NOW - pick(AGES) });
  const reaction = () => ({ ...happened(), kind: pick(['open', 'click'] as const) });
  const facts: MoreFacts = {
    visits: pick(VISITS),
    weight: pick(WEIGHTS),
    ratio: pick(WEIGHTS),
    wantsCatalogue: pick([true, false, null]),
    anniversary: pick(ANNIVERSARIES),
    joinedClub: roll(3) === 0 ? null : NOW - pick(AGES),
    size: pick([...SIZES, null]),
    owner: pick([1, 7, null]),
    friends: some(2, () => pick(['following', 'blocked'] as const)),
    messages: some(4, () => ({ ...happened(), accepted: roll(3) > 0 })),
    reactions: some(4, reaction),
  };
  return {
    facts,
    machines: some(2, reaction),
    segments: SEGMENTS.slice(0, 2).filter(() => roll(2)),
  };
}

async function idsOf(strapi: Core.Strapi, uid: 'campaign' | 'segment', documents: string[]) {
  const ids = new Map<string, number>();
  for (const documentId of documents) {
    const data = { documentId, name: documentId, kind: 'static', rule: {}, source: {} };
    const { id }: { id: number } = await strapi.db.query(`plugin::crm.${uid}`).create({ data });
    ids.set(documentId, id);
  }
  return ids;
}

const message = (key: string, customerId: number | null, campaignId: number | null) => ({
  unique_key: key,
  retry_key: key,
  customer_id: customerId,
  campaign_id: campaignId,
  channel: 'email',
  stream: 'marketing',
  locale: 'ja',
  guard_verdict: 'allowed',
  due_at: NOW,
  created_at: NOW - 500 * DAY,
});

type Write = (table: string, rows: readonly object[]) => Promise<void>;
type Ids = ReadonlyMap<string, number>;

const campaignOf = (campaigns: Ids, { option }: Happened) =>
  option ? (campaigns.get(option) ?? null) : null;

const event =
  (campaigns: Ids, customerId: number | null, isMachine: boolean) =>
  (one: Drawn['machines'][number]) => ({
    message_id: 1,
    customer_id: customerId,
    campaign_id: campaignOf(campaigns, one),
    type: one.kind,
    at: one.at,
    is_machine: isMachine,
  });

/** Of a person who was erased: without a name they count for nobody, and change nobody's answer. */
async function writeErased(write: Write, campaigns: Ids): Promise<void> {
  const erased = { option: CAMPAIGNS[0] ?? null, at: NOW - DAY };
  const row = message('erased', null, campaignOf(campaigns, erased));
  await write('crm_messages', [{ ...row, status: 'accepted', sent_at: erased.at }]);
  const reactions = (['open', 'click'] as const).map((kind) => ({ ...erased, kind }));
  await write('crm_message_events', reactions.map(event(campaigns, null, false)));
}

async function writeFacts(write: Write, campaigns: Ids, id: number, { facts, machines }: Drawn) {
  await write(
    'crm_line_friends',
    facts.friends.map((status, index) => ({
      account: `account-${index}`,
      user_id: `U${id}`,
      customer_id: id,
      status,
      status_at: NOW,
      last_event_at: NOW,
    })),
  );
  await write(
    'crm_messages',
    facts.messages.map((one, index) => ({
      ...message(`${id}-${index}`, id, campaignOf(campaigns, one)),
      status: one.accepted ? 'accepted' : 'skipped',
      sent_at: one.at,
    })),
  );
  await write('crm_message_events', [
    ...facts.reactions.map(event(campaigns, id, false)),
    ...machines.map(event(campaigns, id, true)),
  ]);
}

/** Writes the facts of everybody, and says of everybody what was written. */
export async function seedMoreFacts(strapi: Core.Strapi, people: Person[]): Promise<Person[]> {
  const roll = dice(22_112_026);
  const db = kernel().database(strapi);
  const campaigns = await idsOf(strapi, 'campaign', CAMPAIGNS);
  const segments = await idsOf(strapi, 'segment', SEGMENTS);
  const write: Write = async (table, rows) => {
    if (rows.length > 0) await db(table).insert(rows);
  };
  await writeErased(write, campaigns);
  const result: Person[] = [];
  for (const person of people) {
    const drawn = draw(roll);
    const { joinedClub, visits, weight, ratio, wantsCatalogue, anniversary, size, owner } =
      drawn.facts;
    const fields = { visits, weight, ratio, wantsCatalogue, anniversary, size, owner };
    const data = { ...fields, joinedClub: joinedClub === null ? null : new Date(joinedClub) };
    await strapi.db.query('plugin::crm.customer').update({ where: { id: person.id }, data });
    await writeFacts(write, campaigns, person.id, drawn);
    const inside = { customer_id: person.id, entered_at: NOW };
    await write(
      'crm_segment_members',
      drawn.segments.map((one) => ({ ...inside, segment_id: segments.get(one) })),
    );
    result.push({ ...person, more: drawn.facts, segments: drawn.segments });
  }
  return result;
}
