/**
 * What is done next for a narrowcast, by its state. Every step is written down before LINE is asked,
 * so that whoever comes after a crash knows what LINE may have; the call itself has one retry key.
 */
import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { deliveryService, type GatheredRows } from '../../delivery';
import { clock, database, inTransaction, rateWindow } from '../../kernel';
import { KEY_KNOWN_MS } from '../channel/limits';
import { AUDIENCE_PEOPLE, type LineClient } from '../client';
import { describeProblem, type LineProblem } from '../domain/api-error';
import { asMessages } from '../domain/message';
import { failedReason, NOBODY, STOPPED } from '../domain/narrowcast-outcome';
import {
  changeNarrowcast,
  type NarrowcastChange,
  type NarrowcastState,
  type StoredNarrowcast,
} from '../store';

export interface Step {
  readonly change: NarrowcastChange;
  /** 0: the next step at once. */
  readonly waitMs: number;
}

export interface Doing {
  readonly strapi: Core.Strapi;
  readonly client: LineClient;
  readonly now: number;
}

const SOON_MS = 5_000;
const AUDIENCES_MOST = 5;
/** LINE works on so many parts of one audience at a time. */
const PARTS_AT_ONCE = 10;
/** A call that is refused for the month's messages is asked for again so long: others may end. */
const MONTH_WAIT_MS = 3 * 3_600_000;
/** LINE itself forgets an audience after 180 days. */
const AUDIENCE_KEPT_MS = 180 * 86_400_000;

export const rowsOf = ({ campaignId, account }: StoredNarrowcast): GatheredRows => ({
  campaignId,
  channel: 'line',
  addressPrefix: `${account}:`,
});

const WAITS: Readonly<Partial<Record<LineProblem['kind'], number>>> = {
  'rate-limit': 60_000,
  'monthly-limit': 3_600_000,
  unauthorized: 300_000,
};
const waitAfter = (problem: LineProblem): number => WAITS[problem.kind] ?? 30_000;

/** What LINE will not take, however often it is asked. */
const isFinal = ({ kind }: LineProblem): boolean =>
  kind === 'invalid' || kind === 'not-found' || kind === 'forbidden';

const later = (problem: LineProblem): Step => ({
  change: { problem: describeProblem(problem) },
  waitMs: waitAfter(problem),
});

const wait = (waitMs = SOON_MS): Step => ({ change: {}, waitMs });

/** Unique among audiences, so that one that was made unheard is found again. */
const nameOf = ({ campaignId, account, generation, retryKey }: StoredNarrowcast): string =>
  `${AUDIENCE_PREFIX}${campaignId} ${account} ${generation} ${retryKey.slice(0, 8)}`;

export const AUDIENCE_PREFIX = 'crm ';
const OURS = new RegExp(`^${AUDIENCE_PREFIX}\\d+ \\S+ \\d+ [0-9a-f]{8}$`);
export const isNameOfOurs = (description: string): boolean => OURS.test(description);

/** Ends it before LINE was given any message. */
async function giveUp(
  { strapi }: Doing,
  one: StoredNarrowcast,
  reason: string,
  status: 'failed' | 'cancelled' = 'failed',
): Promise<Step> {
  await deliveryService(strapi).gathered.settle(rowsOf(one), { status, reason });
  return { change: { state: 'closing', problem: reason }, waitMs: 0 };
}

/** Another audience: somebody in this one must not be, or nobody knows who is in it. */
async function renewed(doing: Doing, one: StoredNarrowcast, reason: string): Promise<Step> {
  if (one.generation >= AUDIENCES_MOST) return giveUp(doing, one, reason);
  if (one.audienceId !== null) {
    const deleted = await doing.client.deleteAudience(one.audienceId);
    if (!deleted.ok && !isFinal(deleted.problem)) return later(deleted.problem);
  }
  const afresh = { audienceId: null, uploaded: 0, uploadedThrough: 0, isInPart: false };
  return {
    change: { ...afresh, state: 'gathering', generation: one.generation + 1, problem: reason },
    waitMs: 0,
  };
}

async function gathering(doing: Doing, one: StoredNarrowcast): Promise<Step> {
  const state = await deliveryService(doing.strapi).gathered.stateOf(rowsOf(one));
  if (state === 'stopped') return giveUp(doing, one, STOPPED, 'cancelled');
  if (state === 'waits') return wait();
  const known = await doing.client.findAudience(nameOf(one));
  if (!known.ok) return later(known.problem);
  if (known.value !== null) {
    return { change: { state: 'uploading', audienceId: known.value }, waitMs: 0 };
  }
  const made = await doing.client.createAudience(nameOf(one));
  if (made.ok) return { change: { state: 'uploading', audienceId: made.value }, waitMs: 0 };
  return isFinal(made.problem)
    ? giveUp(doing, one, describeProblem(made.problem))
    : later(made.problem);
}

async function uploading(doing: Doing, one: StoredNarrowcast): Promise<Step> {
  const { strapi, client, now } = doing;
  if (one.audienceId === null || one.isInPart) return renewed(doing, one, 'a part was cut off');
  const parts = Math.ceil(one.uploaded / AUDIENCE_PEOPLE);
  if (parts > 0 && parts % PARTS_AT_ONCE === 0) {
    const isDone = await client.isAudienceReady(one.audienceId);
    if (!isDone.ok) return later(isDone.problem);
    if (!isDone.value) return wait();
  }
  const { gathered } = deliveryService(strapi);
  const page = { after: one.uploadedThrough, limit: AUDIENCE_PEOPLE };
  const part = await gathered.after(rowsOf(one), page);
  const last = part.at(-1);
  if (!last) {
    if (one.uploaded > 0) return { change: { state: 'ready' }, waitMs: 0 };
    return giveUp(doing, one, NOBODY);
  }
  await changeNarrowcast(
    database(strapi),
    one.id,
    { isInPart: true },
    { dueAt: now, leaseUntil: now + LEASE_MS },
  );
  const userIds = part.map(({ address }) => address.slice(address.lastIndexOf(':') + 1));
  const added = await client.addToAudience(one.audienceId, userIds);
  if (added.ok) {
    const uploaded = one.uploaded + part.length;
    return { change: { uploadedThrough: last.id, uploaded, isInPart: false }, waitMs: 0 };
  }
  // Refused is not in: the same part may be tried in the same audience.
  const isOutside = added.problem.kind === 'rate-limit';
  const problem = describeProblem(added.problem);
  return { change: { isInPart: !isOutside, problem }, waitMs: waitAfter(added.problem) };
}

/** The audience is ready: everybody in it is asked about once more, and then LINE may have it. */
async function ready(doing: Doing, one: StoredNarrowcast): Promise<Step> {
  const { strapi, client, now } = doing;
  const { gathered } = deliveryService(strapi);
  const rows = rowsOf(one);
  const state = await gathered.stateOf(rows);
  if (state === 'stopped') return giveUp(doing, one, STOPPED, 'cancelled');
  if (state === 'waits' || one.audienceId === null) return wait();
  const isReady = await client.isAudienceReady(one.audienceId);
  if (!isReady.ok) {
    return isFinal(isReady.problem)
      ? renewed(doing, one, describeProblem(isReady.problem))
      : later(isReady.problem);
  }
  if (!isReady.value) return wait();
  const checked = await gathered.recheck(rows);
  if (checked === 'changed') return renewed(doing, one, 'somebody withdrew');
  if (checked === 'waits') return wait();
  const isWhole = await handedOver(strapi, one, now);
  return isWhole
    ? { change: { state: 'calling', calledAt: now, problem: null }, waitMs: 0 }
    : renewed(doing, one, 'the audience is not who is to get it');
}

class NotWhole extends Error {}

/** The rows and the note that LINE may have them commit together, or neither does. */
async function handedOver(strapi: Core.Strapi, one: StoredNarrowcast, now: number) {
  try {
    await inTransaction(strapi, async ({ trx }) => {
      const people = await deliveryService(strapi).gathered.handOver(trx, rowsOf(one));
      if (people !== one.uploaded) throw new NotWhole();
      const change = { state: 'calling', calledAt: now } as const;
      await changeNarrowcast(trx, one.id, change, { dueAt: now, leaseUntil: now + LEASE_MS });
    });
    return true;
  } catch (error) {
    if (error instanceof NotWhole) return false;
    throw error;
  }
}

const bodySchema = z.array(z.looseObject({ type: z.string() }));
const filterSchema = z.looseObject({ type: z.string() });
const HOUR_MS = 3_600_000;
const CALLS_AN_HOUR = 60;

async function calling(doing: Doing, one: StoredNarrowcast): Promise<Step> {
  const { strapi, client, now } = doing;
  const { gathered } = deliveryService(strapi);
  const messages = asMessages(bodySchema.parse(JSON.parse(one.body)));
  if (!messages || one.audienceId === null) return giveUp(doing, one, 'no message');
  if (now - (one.calledAt ?? now) > KEY_KNOWN_MS) {
    const reason = 'the retry key is too old';
    await gathered.settle(rowsOf(one), { status: 'unknown', reason });
    return { change: { state: 'closing', problem: reason }, waitMs: 0 };
  }
  const rule = () => ({ name: `line ${one.account} narrowcasts`, limit: CALLS_AN_HOUR });
  const turn = await rateWindow(strapi, HOUR_MS, rule).take();
  if (!turn.ok) return wait(turn.waitMs);
  const demographic = filterSchema.parse(JSON.parse(one.demographic));
  const { audienceId, partially } = one;
  const request = { messages, audienceId, demographic, partially };
  const answer = await client
    .narrowcast(request, one.retryKey)
    .finally(() => turn.place.done(true));
  if (answer.ok) {
    await gathered.settle(rowsOf(one), { status: 'handed-over', reason: null });
    const next = answer.value === null ? 'closing' : 'accepted';
    return {
      change: { state: next, requestId: answer.value, problem: null },
      waitMs: SOON_MS,
    };
  }
  const { problem } = answer;
  const isMonthOver =
    problem.kind === 'monthly-limit' && now - (one.calledAt ?? now) >= MONTH_WAIT_MS;
  return isFinal(problem) || isMonthOver
    ? giveUp(doing, one, `narrowcast: ${describeProblem(problem)}`)
    : later(problem);
}

async function accepted({ strapi, client }: Doing, one: StoredNarrowcast): Promise<Step> {
  if (one.requestId === null) return { change: { state: 'closing' }, waitMs: 0 };
  const asked = await client.narrowcastProgress(one.requestId);
  if (!asked.ok) {
    // LINE tells for 14 days; what it told nobody stays unsaid.
    if (isFinal(asked.problem)) return { change: { state: 'closing' }, waitMs: 0 };
    return later(asked.problem);
  }
  const { phase, errorCode, failedDescription, ...counts } = asked.value;
  if (phase === 'waiting' || phase === 'sending') return wait(2 * SOON_MS);
  if (phase === 'succeeded') return { change: { ...counts, state: 'closing' }, waitMs: 0 };
  const reason = failedReason(errorCode, failedDescription);
  await deliveryService(strapi).gathered.failAfterwards(rowsOf(one), reason);
  return { change: { ...counts, state: 'closing', problem: reason }, waitMs: 0 };
}

async function closing({ client, now }: Doing, one: StoredNarrowcast): Promise<Step> {
  if (one.audienceId === null || now - one.movedAt > AUDIENCE_KEPT_MS)
    return { change: { state: 'over' }, waitMs: 0 };
  const deleted = await client.deleteAudience(one.audienceId);
  return deleted.ok || isFinal(deleted.problem)
    ? { change: { state: 'over', audienceId: null }, waitMs: 0 }
    : later(deleted.problem);
}

/** Longer than any step takes. */
export const LEASE_MS = 120_000;

/** What comes next, by how it stands. */
export const steps: Readonly<
  Record<Exclude<NarrowcastState, 'over'>, (doing: Doing, one: StoredNarrowcast) => Promise<Step>>
> = { gathering, uploading, ready, calling, accepted, closing };

export const nowOf = (strapi: Core.Strapi): number => clock(strapi).now().getTime();
