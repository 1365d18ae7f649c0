/** Queries of the outbox's worker: claim, commit, settle, recover. All keyed by crm_messages_due. */
import type { Knex } from 'knex';

import { chunked, isPostgres, runForEach, type Database } from '../../kernel';
import type { Lane } from '../domain/lane';
import type { Settlement } from '../domain/settlement';

import { OPEN, type MessageRow } from './message-row';

export interface Claim {
  readonly lane: Lane;
  readonly owner: string;
  readonly now: number;
  readonly leaseMs: number;
  readonly limit: number;
}

const inLane =
  ({ campaignId, channel }: Lane) =>
  (query: Knex.QueryBuilder) => {
    void query.where({ channel });
    if (campaignId === null) void query.whereNull('campaign_id');
    else void query.where({ campaign_id: campaignId });
  };

/**
 * Takes up to `limit` due rows of a lane under a lease; two workers never get the same row, and
 * nobody gets one that the guard has not let pass.
 */
export async function claimDue(db: Database, claim: Claim): Promise<MessageRow[]> {
  const due = db('crm_messages')
    .select('id')
    .whereIn('status', OPEN)
    .where({ guard_verdict: 'allow' })
    .modify(inLane(claim.lane))
    .where('due_at', '<=', claim.now)
    .orderBy('due_at')
    .limit(claim.limit);
  if (isPostgres(db)) due.forUpdate().skipLocked();
  const rows: MessageRow[] = await db('crm_messages')
    .whereIn('id', due)
    .update({
      status: 'leased',
      lease_owner: claim.owner,
      lease_until: claim.now + claim.leaseMs,
      handed_over_at: null,
    })
    .returning('*');
  return rows.sort((a, b) => a.id - b.id);
}

/** Commits "the provider may have it from here". Returns the rows that are still ours. */
export async function markHandedOver(
  db: Database,
  ids: readonly number[],
  { owner, now, leaseMs }: { owner: string; now: number; leaseMs: number },
): Promise<Set<number>> {
  const set = `update crm_messages set handed_over_at = ?, lease_until = ?,
    first_handed_over_at = coalesce(first_handed_over_at, ?)`;
  const isOurs = `status = 'leased' and lease_owner = ?`;
  // Written out: this runs once for every few messages, and building it would cost more than it.
  if (!isPostgres(db)) {
    const changed = await runForEach(
      db,
      `${set} where id = ? and ${isOurs}`,
      ids.map((id) => [now, now + leaseMs, now, id, owner]),
    );
    return new Set(ids.filter((_, index) => changed[index] === 1));
  }
  const { rows }: { rows: { id: number }[] } = await db.raw(
    `${set} where id = any(?) and ${isOurs} returning id`,
    [now, now + leaseMs, now, [...ids], owner],
  );
  return new Set(rows.map((row) => Number(row.id)));
}

export interface Recipient {
  readonly id: number;
  readonly customer_id: number | null;
  readonly address: string | null;
  readonly channel: string;
  readonly status: string;
  readonly is_sent_again: boolean | number;
}

/** Whom these rows are for, and how they stand. By primary key. */
export async function recipientsOf(db: Database, ids: readonly number[]): Promise<Recipient[]> {
  const recipients: Recipient[] = [];
  for (const part of chunked(ids)) {
    const rows: Recipient[] = await db('crm_messages')
      .whereIn('id', part)
      .select('id', 'customer_id', 'address', 'channel', 'status', 'is_sent_again');
    recipients.push(...rows);
  }
  return recipients;
}

const released = { lease_owner: null, lease_until: null };

/** A row that a sweep called `unknown` meanwhile is corrected by the answer that came after all. */
const answerable = ['leased', 'unknown'];

/**
 * What the provider said to `owner`. That it took a message is true whoever asks by now; anything
 * else counts only from the one who has the row, for it would take it from another who is sending.
 */
export async function recordSettlements(
  db: Database,
  settlements: readonly Settlement[],
  { owner, now }: { readonly owner: string; readonly now: number },
): Promise<void> {
  const accepted = settlements.filter((settlement) => settlement.status === 'accepted');
  for (const part of chunked(accepted)) await recordAccepted(db, part, now);
  for (const settlement of settlements) {
    if (settlement.status === 'accepted') continue;
    await db('crm_messages')
      .where({ id: settlement.id, lease_owner: owner })
      .whereIn('status', answerable)
      .update({
        ...released,
        status: settlement.status,
        attempts: settlement.attempts,
        due_at: settlement.dueAt,
        error: settlement.error,
        handed_over_at: null,
        // Every attempt was refused at no cost: whatever key it had, the provider knows nothing of it.
        ...(settlement.attempts === 0 ? { first_handed_over_at: null } : {}),
      });
  }
}

const ACCEPTED = `update crm_messages set status = 'accepted', sent_at = ?, error = null,
  attempts = attempts + 1, lease_owner = null, lease_until = null`;

async function recordAccepted(db: Database, accepted: readonly Settlement[], now: number) {
  if (isPostgres(db)) await acceptTogether(db, accepted, now);
  else {
    await runForEach(
      db,
      `${ACCEPTED}, provider_message_id = ? where id = ? and status in ('leased', 'unknown')`,
      accepted.map(({ id, providerMessageId }) => [now, providerMessageId ?? '', id]),
    );
  }
  const paid = accepted.filter(({ cost }) => typeof cost === 'number');
  // One statement for each price, of which there are few: most messages cost nothing to speak of.
  for (const cost of new Set(paid.map((settlement) => settlement.cost))) {
    const ids = paid.filter((settlement) => settlement.cost === cost).map(({ id }) => id);
    await db('crm_messages').whereIn('id', ids).where({ status: 'accepted' }).update({ cost });
  }
}

async function acceptTogether(db: Database, accepted: readonly Settlement[], now: number) {
  const cases = accepted.map(() => 'when ? then ?').join(' ');
  const bindings = accepted.flatMap(({ id, providerMessageId }) => [id, providerMessageId ?? '']);
  await db.raw(
    `${ACCEPTED}, provider_message_id = case id ${cases} end
      where id in (${accepted.map(() => '?').join(',')}) and status in ('leased', 'unknown')`,
    [now, ...bindings, ...accepted.map(({ id }) => id)],
  );
}

export async function blockRows(
  db: Database,
  rows: readonly { readonly id: number; readonly reason: string }[],
  owner: string,
): Promise<void> {
  for (const reason of new Set(rows.map((row) => row.reason))) {
    const ids = rows.filter((row) => row.reason === reason).map((row) => row.id);
    await db('crm_messages')
      .whereIn('id', ids)
      .where({ status: 'leased', lease_owner: owner })
      .update({ ...released, status: 'blocked', guard_verdict: 'block', guard_reason: reason });
  }
}

/** Hands unstarted rows back, for example when a campaign is paused or a queue rests. */
export async function returnRows(
  db: Database,
  ids: readonly number[],
  owner: string,
  dueAt: number,
): Promise<void> {
  for (const part of chunked(ids)) {
    await db('crm_messages')
      .whereIn('id', part)
      .where({ status: 'leased', lease_owner: owner })
      .whereNull('handed_over_at')
      .update({ ...released, status: 'retry', due_at: dueAt });
  }
}

/**
 * Leases that ended without an answer: the worker died or hangs. A row that was never handed over
 * is simply due again; one that was is due again on an idempotent channel and `unknown` elsewhere,
 * where only its owner, if it lives, can still say what became of it.
 */
export async function releaseExpired(
  db: Database,
  now: number,
  idempotentChannels: readonly string[],
): Promise<{ requeued: number; unknown: number }> {
  const expired = () =>
    db('crm_messages').where({ status: 'leased' }).where('lease_until', '<', now);
  const requeued = await expired()
    .where((query) => {
      void query.whereNull('handed_over_at').orWhereIn('channel', [...idempotentChannels]);
    })
    .update({
      ...released,
      status: 'retry',
      due_at: now,
      handed_over_at: null,
      // Nobody knows what the provider said to one that was handed over: an attempt it was.
      attempts: db.raw('case when handed_over_at is null then attempts else attempts + 1 end'),
    });
  const unknown = await expired()
    .whereNotNull('handed_over_at')
    .update({ status: 'unknown', lease_until: null, error: 'interrupted' });
  return { requeued, unknown };
}

/** Which lanes have something due now. Campaigns are given: only those that are sending count. */
export async function dueLanes(
  db: Database,
  now: number,
  sendingCampaigns: readonly number[],
): Promise<Lane[]> {
  const rows: { campaign_id: number | null; channel: string }[] = await db('crm_messages')
    .distinct('campaign_id', 'channel')
    .whereIn('status', OPEN)
    .where('due_at', '<=', now)
    .where((query) => {
      void query.whereNull('campaign_id').orWhereIn('campaign_id', [...sendingCampaigns]);
    });
  return rows.map(({ campaign_id, channel }) => ({
    campaignId: campaign_id === null ? null : Number(campaign_id),
    channel,
  }));
}
