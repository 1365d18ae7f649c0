import { randomUUID } from 'node:crypto';

import type { Database } from '../../kernel';

/**
 * `gathering`: people are still let through or held back. `uploading`: they become an audience at
 * LINE. `ready`: LINE works on the audience. `calling`: from here LINE may have the message.
 * `accepted`: it has. `closing`: the audience is to be deleted. `over`: nothing more happens.
 */
export type NarrowcastState =
  'gathering' | 'uploading' | 'ready' | 'calling' | 'accepted' | 'closing' | 'over';

export interface StoredNarrowcast {
  readonly id: number;
  readonly campaignId: number;
  readonly account: string;
  /** The same on every call. */
  readonly retryKey: string;
  readonly body: string;
  readonly demographic: string;
  readonly partially: boolean;
  readonly state: NarrowcastState;
  /** Of the audiences that were made for it; each has a name of its own. */
  readonly generation: number;
  readonly audienceId: number | null;
  /** Id of the last row of the outbox that is in the audience, and how many are. */
  readonly uploadedThrough: number;
  readonly uploaded: number;
  /** A part is on its way, or was when the process died: nobody knows whether it is in. */
  readonly isInPart: boolean;
  readonly calledAt: number | null;
  readonly requestId: string | null;
  readonly targetCount: number | null;
  readonly successCount: number | null;
  readonly failureCount: number | null;
  readonly problem: string | null;
  /** When it came into this state. */
  readonly movedAt: number;
}

const COLUMNS: Readonly<Record<keyof StoredNarrowcast, string>> = {
  id: 'id',
  campaignId: 'campaign_id',
  account: 'account',
  retryKey: 'retry_key',
  body: 'body',
  demographic: 'demographic',
  partially: 'partially',
  state: 'state',
  generation: 'generation',
  audienceId: 'audience_id',
  uploadedThrough: 'uploaded_through',
  uploaded: 'uploaded',
  isInPart: 'is_in_part',
  calledAt: 'called_at',
  requestId: 'request_id',
  targetCount: 'target_count',
  successCount: 'success_count',
  failureCount: 'failure_count',
  problem: 'problem',
  movedAt: 'moved_at',
};

type Row = Record<string, unknown>;

const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const fromRow = (row: Row): StoredNarrowcast => ({
  id: Number(row.id),
  campaignId: Number(row.campaign_id),
  account: String(row.account),
  retryKey: String(row.retry_key),
  body: String(row.body),
  demographic: String(row.demographic),
  partially: Boolean(row.partially),
  state: String(row.state) as NarrowcastState,
  generation: Number(row.generation),
  audienceId: numberOrNull(row.audience_id),
  uploadedThrough: Number(row.uploaded_through),
  uploaded: Number(row.uploaded),
  isInPart: Boolean(row.is_in_part),
  calledAt: numberOrNull(row.called_at),
  requestId: textOrNull(row.request_id),
  targetCount: numberOrNull(row.target_count),
  successCount: numberOrNull(row.success_count),
  failureCount: numberOrNull(row.failure_count),
  problem: textOrNull(row.problem),
  movedAt: Number(row.moved_at),
});

type New = Pick<StoredNarrowcast, 'campaignId' | 'account' | 'body' | 'demographic' | 'partially'>;

/** The one of this campaign at this account, fixed by whoever comes first. */
export async function narrowcastFor(db: Database, wanted: New, now: number) {
  const of = { campaign_id: wanted.campaignId, account: wanted.account };
  await db('crm_line_narrowcasts')
    .insert({
      ...of,
      body: wanted.body,
      demographic: wanted.demographic,
      partially: wanted.partially,
      retry_key: randomUUID(),
      state: 'gathering',
      generation: 1,
      uploaded_through: 0,
      uploaded: 0,
      is_in_part: false,
      lease_until: 0,
      due_at: now,
      created_at: now,
      moved_at: now,
    })
    .onConflict(['campaign_id', 'account'])
    .ignore();
  const row: Row | undefined = await db('crm_line_narrowcasts').where(of).first();
  if (!row) throw new Error('the narrowcast was not written down');
  return fromRow(row);
}

/** What is due, under a lease each. Index: crm_line_narrowcasts_due. */
export async function claimNarrowcasts(
  db: Database,
  now: number,
  leaseMs: number,
): Promise<StoredNarrowcast[]> {
  const rows: Row[] = await db('crm_line_narrowcasts')
    .whereNot({ state: 'over' })
    .where('due_at', '<=', now)
    .where('lease_until', '<=', now)
    .update({ lease_until: now + leaseMs })
    .returning('*');
  return rows.map(fromRow);
}

export type NarrowcastChange = Partial<Omit<StoredNarrowcast, 'id'>>;

/** `next`: when to look again, and until when nobody else does. */
export async function changeNarrowcast(
  db: Database,
  id: number,
  change: NarrowcastChange,
  next: { readonly dueAt: number; readonly leaseUntil: number },
): Promise<void> {
  const columns = Object.entries(change).map(([key, value]) => [
    COLUMNS[key as keyof StoredNarrowcast],
    value,
  ]);
  await db('crm_line_narrowcasts')
    .where({ id })
    .update({
      ...(Object.fromEntries(columns) as Row),
      due_at: next.dueAt,
      lease_until: next.leaseUntil,
    });
}

export async function narrowcastsOfCampaign(
  db: Database,
  campaignId: number,
): Promise<StoredNarrowcast[]> {
  const rows: Row[] = await db('crm_line_narrowcasts')
    .where({ campaign_id: campaignId })
    .orderBy('account');
  return rows.map(fromRow);
}

/** What is not over yet, the longest in its state first. Index: crm_line_narrowcasts_due. */
export async function openNarrowcasts(db: Database): Promise<StoredNarrowcast[]> {
  const rows: Row[] = await db('crm_line_narrowcasts')
    .whereNot({ state: 'over' })
    .orderBy('moved_at')
    .limit(100);
  return rows.map(fromRow);
}

/** The words are in the campaign; here they were kept for the call. The figures stay. */
export async function forgetNarrowcastWords(db: Database, before: number): Promise<void> {
  await db('crm_line_narrowcasts')
    .where({ state: 'over' })
    .where('created_at', '<', before)
    .whereNot({ body: '[]' })
    .update({ body: '[]' });
}

export async function audiencesInUse(db: Database, account: string): Promise<number[]> {
  const rows: Row[] = await db('crm_line_narrowcasts')
    .whereNot({ state: 'over' })
    .where({ account })
    .whereNotNull('audience_id')
    .select('audience_id');
  return rows.map((row) => Number(row.audience_id));
}
