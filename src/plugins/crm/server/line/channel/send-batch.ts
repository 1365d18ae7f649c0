/** One batch of the outbox: multicast for those who get the same words, push for the others. */
import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { clock, database } from '../../kernel';
import {
  deliveryService,
  type HandOver,
  type OutboundMessage,
  type SendOutcome,
} from '../../delivery';
import { lineAccount, lineClient } from '../client';
import { namesRecipient, type LineProblem } from '../domain/api-error';
import { asMessages } from '../domain/message';
import { acceptMulticast, dissolveMulticast, type Multicast } from '../store';
import { atOnce } from './at-once';
import { classify } from './errors';
import { gather } from '../narrowcast/gather';
import { KEY_KNOWN_MS, MULTICASTS_AT_ONCE, PUSHES_AT_ONCE } from './limits';
import { planOf } from './plan';
import { sendable, type Sendable } from './sendable';
import { unitOfBatch } from './units';

const ACCEPTED: SendOutcome = { status: 'accepted' };

/** What happened so far: an answer a row, and the accounts that take nothing now. */
class Progress {
  readonly outcomes = new Map<number, SendOutcome>();
  private readonly resting = new Map<string, SendOutcome>();

  /** Too fast, out of quota, no access: the same would be said to everybody after. */
  restOf(account: string): SendOutcome | undefined {
    return this.resting.get(account);
  }

  settle(account: string, messageIds: readonly number[], outcome: SendOutcome): void {
    for (const id of messageIds) this.outcomes.set(id, outcome);
    if (outcome.status === 'unreachable') this.resting.set(account, outcome);
  }
}

interface Batch {
  readonly strapi: Core.Strapi;
  readonly progress: Progress;
  /** The name under which LINE adds up; undefined outside of campaigns. */
  readonly unit: string | undefined;
  readonly now: number;
  /** Rows that were first handed over so long ago that their key says nothing any more. */
  readonly forgotten: ReadonlySet<number>;
}

/** LINE may have it under a key that it does not know any more. */
const isForgotten = ({ firstHandedOverAt }: OutboundMessage, now: number): boolean =>
  firstHandedOverAt !== null && now - firstHandedOverAt > KEY_KNOWN_MS;
/** Another worker has them by now, and does what is to be done. */
const NOT_OURS: SendOutcome = {
  status: 'later',
  reason: 'the lease was lost',
  afterSeconds: 1,
};
const FORGOTTEN: SendOutcome = { status: 'unknown', reason: 'the retry key is too old' };

async function push({ strapi, progress, now, unit }: Batch, item: Sendable): Promise<void> {
  const { message, to, userId, messages } = item;
  const settle = (outcome: SendOutcome) => progress.settle(to.key, [message.id], outcome);
  const rest = progress.restOf(to.key);
  if (rest) return settle(rest);
  if (isForgotten(message, now)) return settle(FORGOTTEN);
  const answer = await lineClient(strapi, to).push(userId, messages, message.retryKey, unit);
  if (!answer.ok) return settle(classify(answer.problem));
  const [providerMessageId] = answer.value.messageIds;
  settle(providerMessageId ? { status: 'accepted', providerMessageId } : ACCEPTED);
}

const bodySchema = z.array(z.looseObject({ type: z.string() }));

/**
 * The same people at every attempt, or one of them might be answered for by a call that she was
 * not in; only who may not be written to any more is left out. Under the same key the shorter
 * call is either refused, for the first one went through, or the only one.
 */
async function recipientsOf(strapi: Core.Strapi, group: Multicast): Promise<string[]> {
  const ids = group.members.map(({ messageId }) => messageId);
  const withheld = await deliveryService(strapi).withheld(ids);
  return group.members.flatMap(({ messageId, userId }) => (withheld.has(messageId) ? [] : userId));
}

/** True when its people are answered for; false when each has to go alone. */
async function multicast(batch: Batch, group: Multicast): Promise<boolean> {
  const { strapi, progress, unit } = batch;
  const ids = group.members.map(({ messageId }) => messageId);
  const settle = (outcome: SendOutcome) => progress.settle(group.account, ids, outcome);
  const rest = progress.restOf(group.account);
  const account = lineAccount(strapi, group.account);
  const messages = asMessages(bodySchema.parse(JSON.parse(group.body)));
  if (group.state === 'accepted') settle(ACCEPTED);
  else if (rest) settle(rest);
  else if (!account || !messages) settle({ status: 'failed', reason: 'unknown LINE account' });
  else if (ids.some((id) => batch.forgotten.has(id))) settle(FORGOTTEN);
  else {
    const to = await recipientsOf(strapi, group);
    if (to.length === 0) {
      settle(laterBecause('nobody of it may be written to'));
      return true;
    }
    const answer = await lineClient(strapi, account).multicast(to, messages, group.retryKey, unit);
    if (answer.ok) {
      await acceptMulticast(database(strapi), group.id);
      settle(ACCEPTED);
    } else if (isOnePerson(answer.problem)) {
      await dissolveMulticast(database(strapi), group.id);
      return false;
    } else settle(classify(answer.problem));
  }
  return true;
}

/** Safe before and after the call: the key is written down, and LINE knows it. */
const laterBecause = (error: unknown): SendOutcome => ({ status: 'retry', reason: String(error) });

/** Our database had a bad moment, or another worker planned these rows: nothing of it was sent. */
async function planned({ strapi, progress }: Batch, ready: readonly Sendable[]) {
  try {
    return await planOf(strapi, ready);
  } catch (error) {
    strapi.log.warn(`crm: who goes with whom was not written down: ${String(error)}`);
    for (const { message } of ready) progress.outcomes.set(message.id, laterBecause(error));
    return { multicasts: [], alone: [] };
  }
}

/** As `multicast`; an answer that could not be written down is asked for again with the same key. */
async function multicastOrLater(batch: Batch, group: Multicast): Promise<boolean> {
  try {
    return await multicast(batch, group);
  } catch (error) {
    batch.strapi.log.warn(`crm: multicast ${group.id}: ${String(error)}`);
    for (const { messageId } of group.members) {
      batch.progress.outcomes.set(messageId, laterBecause(error));
    }
    return true;
  }
}

const isOnePerson = (problem: LineProblem): boolean =>
  problem.kind === 'invalid' && namesRecipient(problem.reason);

/** One outcome a message, in their order. */
export async function sendBatch(
  strapi: Core.Strapi,
  messages: readonly OutboundMessage[],
  handOver: HandOver,
): Promise<readonly SendOutcome[]> {
  const progress = new Progress();
  const ready: Sendable[] = [];
  for (const message of messages) {
    const checked = sendable(strapi, message);
    if ('status' in checked) progress.outcomes.set(message.id, checked);
    else ready.push(checked);
  }
  const now = clock(strapi).now().getTime();
  const kept = await gather(strapi, ready, now);
  for (const [id, outcome] of kept) progress.outcomes.set(id, outcome);
  const own = ready.filter(({ message }) => !kept.has(message.id));
  const forgotten = new Set(
    own.filter(({ message }) => isForgotten(message, now)).map(({ message }) => message.id),
  );
  const unit = await unitOfBatch(strapi, own, now);
  const batch: Batch = { strapi, progress, now, unit, forgotten };
  const { multicasts, alone } = await planned(batch, own);
  // From here on LINE may have them: since when is written down with them.
  const ids = own.map(({ message }) => message.id);
  if (ids.length > 0 && !(await handOver(ids))) {
    return messages.map(({ id }) => progress.outcomes.get(id) ?? NOT_OURS);
  }
  const dissolved = new Set<number>();
  await atOnce(multicasts, MULTICASTS_AT_ONCE, async (group) => {
    if (await multicastOrLater(batch, group)) return;
    for (const { messageId } of group.members) dissolved.add(messageId);
  });
  const pushed = [...alone, ...own.filter(({ message }) => dissolved.has(message.id))];
  await atOnce(pushed, PUSHES_AT_ONCE, (item) => push(batch, item));
  return messages.map(
    ({ id }) => progress.outcomes.get(id) ?? { status: 'unknown', reason: 'no answer' },
  );
}
