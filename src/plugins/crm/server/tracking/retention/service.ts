/**
 * How long single events are kept. What is older becomes a count per day: reports stay as they
 * were, while who did it is gone. Events count from the day they were received, so one that comes
 * late is kept as long as any other.
 */
import type { Core } from '@strapi/strapi';

import type { Retention } from '../../../shared/tracking';
import { clock, crmConfig, database, inTransaction, jobs } from '../../kernel';
import { countByDay } from '../domain/roll-up';
import { eventsKeepers } from '../index';
import { addToDays, deleteEvents, oldestEvents, oldestToTake } from '../store/log';

const DAY_MS = 86_400_000;
const KEY = 'tracking-retention';
/** Rows of one transaction: on SQLite no page is answered meanwhile. */
const CHUNK = 1000;

const storeOf = (strapi: Core.Strapi) => strapi.store({ type: 'plugin', name: 'crm' });

export async function retentionOf(strapi: Core.Strapi): Promise<Retention> {
  const kept = (await storeOf(strapi).get({ key: KEY })) as Retention | null;
  return { days: kept?.days ?? null };
}

export async function setRetention(strapi: Core.Strapi, retention: Retention): Promise<void> {
  await storeOf(strapi).set({ key: KEY, value: retention });
}

export async function oldestReceived(strapi: Core.Strapi): Promise<number | null> {
  const [oldest] = await oldestEvents(database(strapi), 1);
  return oldest ? Number(oldest.received_at) : null;
}

/** Counts and deletes in one transaction: killed in between, nothing is lost or counted twice. */
async function rollUpChunk(strapi: Core.Strapi, receivedBefore: number): Promise<number> {
  const { timeZone } = crmConfig(strapi);
  return inTransaction(strapi, async ({ trx }) => {
    const rows = await oldestToTake(trx, CHUNK);
    const going = rows.filter((row) => Number(row.received_at) < receivedBefore);
    const events = going.map((row) => ({
      type: row.type,
      name: row.name,
      isBot: Boolean(row.is_bot),
      occurredAt: Number(row.occurred_at),
    }));
    await addToDays(trx, countByDay(events, timeZone));
    await deleteEvents(
      trx,
      going.map(({ id }) => Number(id)),
    );
    return going.length;
  });
}

/** Answers how many events went. Other features have taken from them what they need before. */
export async function rollUp(strapi: Core.Strapi): Promise<number> {
  const { days } = await retentionOf(strapi);
  if (days === null) return 0;
  const receivedBefore = clock(strapi).now().getTime() - days * DAY_MS;
  const oldest = await oldestReceived(strapi);
  if (oldest === null || oldest >= receivedBefore) return 0;
  for (const keeper of eventsKeepers.members(strapi)) await keeper.keepUntil(receivedBefore);
  let total = 0;
  while (!jobs(strapi).isStopping) {
    const gone = await rollUpChunk(strapi, receivedBefore);
    if (gone === 0) break;
    total += gone;
    await new Promise(setImmediate);
  }
  return total;
}
