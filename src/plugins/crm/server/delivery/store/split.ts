/**
 * Who is held out, and who takes part in a test: by a hash of person and campaign, so that the
 * answer is the same on every channel, on every node and after every crash.
 */
import { isPostgres, type Database } from '../../kernel';

import { OPEN } from './message-row';

/** A row with this `due_at` waits until somebody gives it another one. */
export const NEVER = 8_640_000_000_000_000;

const BUCKETS = 10_000;
/** Odd, far apart, below 2³²: with ids below 2³¹ the product stays within 64 bits. */
const SPREAD = { holdout: 2_654_435_761, test: 2_246_822_519 } as const;

/** 0 … 9999, even over people; another order of people in every campaign. */
function bucket(db: Database, campaignId: number, use: keyof typeof SPREAD): string {
  const person = isPostgres(db) ? 'cast(customer_id as bigint)' : 'customer_id';
  const turn = Math.imul(campaignId, 0x5bd1e995) >>> 0;
  return `((${person} * ${SPREAD[use]} + ${turn}) % 4294967296 * ${BUCKETS} / 4294967296)`;
}

interface Range {
  readonly campaignId: number;
  /** Rows written after this one. */
  readonly lastId: number;
}

const queued = (db: Database, { campaignId, lastId }: Range) =>
  db('crm_messages').where({ campaign_id: campaignId, status: 'queued' }).where('id', '>', lastId);

/** After every other reason: who is held out is compared with who is sent to. */
export async function holdOut(db: Database, range: Range, percent: number): Promise<void> {
  await queued(db, range)
    .whereRaw(`${bucket(db, range.campaignId, 'holdout')} < ?`, [(percent * BUCKETS) / 100])
    .update({ status: 'blocked', guard_verdict: 'block', guard_reason: 'holdout' });
}

/** Gives a share of the rows their variant; the rest waits for the winner. */
export async function splitForTest(
  db: Database,
  range: Range,
  { share, variants }: { readonly share: number; readonly variants: number },
): Promise<void> {
  const own = bucket(db, range.campaignId, 'test');
  await queued(db, range).update({
    variant: db.raw(`case when ${own} < ? then ${own} % ? end`, [
      (share * BUCKETS) / 100,
      variants,
    ]),
    due_at: db.raw(`case when ${own} < ? then due_at else ${NEVER} end`, [(share * BUCKETS) / 100]),
  });
}

/** When the last message of the test went out; null while one is still to go. */
export async function testSentAt(
  db: Database,
  campaignId: number,
): Promise<{ readonly open: boolean; readonly lastSentAt: number | null }> {
  const open: unknown = await db('crm_messages')
    .where({ campaign_id: campaignId })
    .whereIn('status', [...OPEN, 'leased'])
    .whereNotNull('variant')
    .first('id');
  const [last]: { at: number | string | null }[] = await db('crm_messages')
    .where({ campaign_id: campaignId, status: 'accepted' })
    .whereNotNull('variant')
    .max({ at: 'sent_at' });
  return { open: open !== undefined, lastSentAt: last?.at ? Number(last.at) : null };
}

/** Rows a statement, while which SQLite answers nobody. */
const RELEASE_BATCH = 1_000;

interface Release {
  readonly campaignId: number;
  readonly winner: number;
  readonly now: number;
  /** Between the steps, so that others have their turn. */
  readonly between: () => Promise<void>;
}

/** Lets the rest go with the winner, in steps; a second call goes on where a crash ended the first. */
export async function releaseRest(
  db: Database,
  { campaignId, winner, now, between }: Release,
): Promise<void> {
  for (;;) {
    const rest = db('crm_messages')
      .where({ campaign_id: campaignId, status: 'queued' })
      .whereNull('variant')
      .limit(RELEASE_BATCH)
      .select('id');
    const changed = await db('crm_messages')
      .whereIn('id', rest)
      .where({ status: 'queued' })
      .update({ variant: winner, due_at: now });
    if (changed < RELEASE_BATCH) return;
    await between();
  }
}

export interface VariantCount {
  readonly variant: number;
  readonly people: number | string;
}

export const variantAccepted = (db: Database, campaignId: number) =>
  db('crm_messages')
    .where({ campaign_id: campaignId, status: 'accepted' })
    .whereNotNull('variant')
    .groupBy('variant')
    .select('variant')
    .count('* as people');

/** Messages with one of these events, made by a person. By crm_message_events_report. */
export const variantEvents = (db: Database, campaignId: number, types: readonly string[]) =>
  db('crm_message_events as e')
    .join('crm_messages as m', 'm.id', 'e.message_id')
    .where('e.campaign_id', campaignId)
    .whereIn('e.type', [...types])
    .where('e.is_machine', false)
    .whereNotNull('m.variant')
    .groupBy('m.variant')
    .select('m.variant as variant')
    .countDistinct('e.message_id as people');
