import type { Core } from '@strapi/strapi';

import {
  clock,
  database,
  giveWay,
  inTransaction,
  type QueueWorker,
  type Schedule,
  type UnitOfWork,
} from '../../kernel';
import { lineAccount } from '../client';
import { parseEvent, personOf } from '../domain/event';
import {
  claimEvents,
  failEvent,
  finishEvent,
  forgetClaims,
  forgetExpiredLinks,
  forgetMulticasts,
  forgetNarrowcastWords,
  type StoredEvent,
} from '../store';
import { handlers, type EventContext } from './handlers';
import { deleteStrayAudiences } from '../narrowcast/strays';
import { WEBHOOK_QUEUE } from './receive';

class AlreadyDone extends Error {}

/** Writes and "done" commit together: an event has its effects once, whatever dies when. */
function commitOf(strapi: Core.Strapi, stored: StoredEvent): EventContext['commit'] {
  return (work) =>
    inTransaction(strapi, async (unit: UnitOfWork) => {
      if (!(await finishEvent(unit.trx, stored.id, 'done'))) throw new AlreadyDone();
      return work(unit);
    });
}

async function handle(strapi: Core.Strapi, stored: StoredEvent): Promise<void> {
  const account = lineAccount(strapi, stored.account);
  const handler = handlers[stored.type];
  const event = parseEvent(stored.payload);
  const userId = personOf(event);
  // `accountLink` with a failed result names nobody, and needs nobody.
  if (!account || !handler || !userId) {
    await finishEvent(database(strapi), stored.id, 'ignored');
    return;
  }
  const friend = { account: account.key, userId };
  await handler({ strapi, account, event, friend, commit: commitOf(strapi, stored) });
  await finishEvent(database(strapi), stored.id, 'ignored');
}

async function attempt(strapi: Core.Strapi, stored: StoredEvent): Promise<void> {
  try {
    await handle(strapi, stored);
  } catch (error) {
    if (error instanceof AlreadyDone) return;
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    strapi.log.error(`crm: LINE event #${stored.id} (${stored.type}) failed: ${message}`);
    await failEvent(database(strapi), stored, clock(strapi).now().getTime(), message);
  }
}

/** People worked on at the same time: a reply token lives one minute, and many add us at once. */
const PEOPLE_AT_ONCE = 16;

function byPerson(events: readonly StoredEvent[]): StoredEvent[][] {
  const people = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const person = event.user_id ? `${event.account}:${event.user_id}` : `nobody:${event.id}`;
    people.set(person, [...(people.get(person) ?? []), event]);
  }
  return [...people.values()];
}

/** Works on everything that is due; what one person did in the order in which she did it. */
export async function drainWebhooks(strapi: Core.Strapi): Promise<void> {
  for (;;) {
    const claimed = await claimEvents(database(strapi), clock(strapi).now().getTime());
    if (claimed.length === 0) return;
    const waiting = byPerson(claimed);
    const work = async () => {
      for (let events = waiting.shift(); events; events = waiting.shift()) {
        for (const event of events) {
          await attempt(strapi, event);
          await giveWay(strapi);
        }
      }
    };
    await Promise.all(Array.from({ length: PEOPLE_AT_ONCE }, work));
  }
}

export const webhookWorker: QueueWorker = {
  queue: WEBHOOK_QUEUE,
  concurrency: 1,
  work: ({ strapi }) => drainWebhooks(strapi),
};

/** Finds what a lost pointer, a crash or a backoff left behind. */
export const webhookSweep: Schedule = {
  name: 'line.webhook-sweep',
  cron: '*/5 * * * * *',
  run: ({ strapi }) => drainWebhooks(strapi),
};

const DAY_MS = 86_400_000;

/** The outbox gives up after eight attempts, long before. */
const PLANS_KEPT_MS = 30 * DAY_MS;

/** Link tokens and nonces live ten minutes; a day later nobody asks why one did not work. */
export const lineCleanup: Schedule = {
  name: 'line.cleanup',
  cron: '17 4 * * *',
  async run({ strapi }, now) {
    await forgetExpiredLinks(database(strapi), now.getTime() - DAY_MS);
    await forgetMulticasts(database(strapi), now.getTime() - PLANS_KEPT_MS);
    await forgetClaims(database(strapi), now.getTime() - 2 * DAY_MS);
    await forgetNarrowcastWords(database(strapi), now.getTime() - PLANS_KEPT_MS);
    await deleteStrayAudiences(strapi, now.getTime());
  },
};
