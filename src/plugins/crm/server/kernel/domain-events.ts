/**
 * Domain events, delivered at least once. An event and one delivery row per subscriber are written
 * in the transaction of their cause; a delivery is claimed under a lease, retried with backoff,
 * and kept as `dead` for a person to see after MAX_ATTEMPTS. Subscribers must be idempotent.
 */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { clock } from './clock';
import { database, isPostgres, type Database } from './database';
import { giveWay } from './foreground';

export interface DomainEventToken<P extends object> {
  readonly type: string;
  /** Only carries the payload's type to subscribers. */
  readonly payload?: P;
}

export const defineEvent = <P extends object>(type: string): DomainEventToken<P> => ({ type });

export interface EventSubscriber {
  readonly name: string;
  readonly type: string;
  /** `inline`: awaited before the causing call returns. `background`: soon after, on any node. */
  readonly delivery: 'inline' | 'background';
  /** Whether what is due at one time is handled in one call; otherwise there is one payload a call. */
  readonly together: boolean;
  readonly handle: (context: EventContext, payloads: readonly object[]) => Promise<void>;
}

/** The event; of several that are handled together, the latest. */
export interface EventContext {
  readonly strapi: Core.Strapi;
  readonly eventId: number;
  readonly occurredAt: Date;
}

/** Typed subscription; `name` is stable, it stands in the database. */
export function subscribe<P extends object>(
  event: DomainEventToken<P>,
  name: string,
  delivery: EventSubscriber['delivery'],
  handle: (context: EventContext, payload: P) => Promise<void>,
): EventSubscriber {
  return {
    name,
    type: event.type,
    delivery,
    together: false,
    async handle(context, payloads) {
      for (const payload of payloads) await handle(context, payload as P);
    },
  };
}

/**
 * For work that is the same however many events ask for it: in the background, once for all that are
 * due at the time. They are done together, or tried again together.
 */
export const subscribeTogether = <P extends object>(
  event: DomainEventToken<P>,
  name: string,
  handle: (context: EventContext, payloads: readonly P[]) => Promise<void>,
): EventSubscriber => ({
  name,
  type: event.type,
  delivery: 'background',
  together: true,
  handle: (context, payloads) => handle(context, payloads as readonly P[]),
});

const LEASE_MS = 60_000;
const MAX_ATTEMPTS = 10;
const BATCH = 100;

const subscribersOf = new WeakMap<object, readonly EventSubscriber[]>();
const wakers = new WeakMap<object, () => void>();

export function installSubscribers(strapi: Core.Strapi, subscribers: readonly EventSubscriber[]) {
  subscribersOf.set(strapi, subscribers);
}

const subscribers = (strapi: Core.Strapi) => subscribersOf.get(strapi) ?? [];

/** The jobs engine tells how to drain soon; without it the sweep still does. */
export function onWake(strapi: Core.Strapi, wake: () => void): void {
  wakers.set(strapi, wake);
}

export function wakeDispatcher(strapi: Core.Strapi): void {
  wakers.get(strapi)?.();
}

export async function insertEvent(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  type: string,
  payload: object,
  now: Date,
): Promise<number> {
  const inserted: { id: number }[] = await trx('crm_domain_events')
    .insert({ type, payload: JSON.stringify(payload), occurred_at: now.getTime() })
    .returning('id');
  const id = Number(inserted[0]?.id);
  const deliveries = subscribers(strapi)
    .filter((subscriber) => subscriber.type === type)
    .map((subscriber) => ({
      event_id: id,
      subscriber: subscriber.name,
      status: 'pending',
      attempts: 0,
      due_at: now.getTime(),
    }));
  if (deliveries.length > 0) await trx('crm_domain_event_deliveries').insert(deliveries);
  return id;
}

interface DeliveryRow {
  id: number;
  event_id: number;
  subscriber: string;
  attempts: number;
  type: string;
  payload: string;
  occurred_at: number | string;
}

/** Marks rows as leased in one statement, so two nodes never hold the same delivery. */
async function claim(
  db: Database,
  now: number,
  narrow: (query: Knex.QueryBuilder) => void,
): Promise<number[]> {
  const due = db('crm_domain_event_deliveries')
    .select('id')
    .where({ status: 'pending' })
    .where('due_at', '<=', now)
    .orderBy('id')
    .limit(BATCH)
    .modify(narrow);
  if (isPostgres(db)) due.forUpdate().skipLocked();
  const rows: { id: number }[] = await db('crm_domain_event_deliveries')
    .whereIn('id', due)
    .update({ due_at: now + LEASE_MS, attempts: db.raw('attempts + 1') })
    .returning('id');
  return rows.map((row) => Number(row.id)).sort((a, b) => a - b);
}

/** Rows that one call handles, in the order of their events; the later ones go with the first. */
function callsOf(strapi: Core.Strapi, rows: readonly DeliveryRow[]): Call[] {
  const calls: Call[] = [];
  const together = new Map<string, DeliveryRow[]>();
  for (const row of rows) {
    const subscriber = subscribers(strapi).find((candidate) => candidate.name === row.subscriber);
    const begun = together.get(row.subscriber);
    if (begun) {
      begun.push(row);
      continue;
    }
    const call = { subscriber, rows: [row] };
    if (subscriber?.together) together.set(row.subscriber, call.rows);
    calls.push(call);
  }
  return calls;
}

interface Call {
  readonly subscriber: EventSubscriber | undefined;
  readonly rows: DeliveryRow[];
}

const finish = (db: Database, rows: readonly DeliveryRow[], change: object) =>
  db('crm_domain_event_deliveries')
    .whereIn(
      'id',
      rows.map((row) => row.id),
    )
    .update(change);

async function attempt(strapi: Core.Strapi, { subscriber, rows }: Call): Promise<void> {
  const db = database(strapi);
  const last = rows.at(-1);
  if (!subscriber || !last) {
    await finish(db, rows, { status: 'dead', last_error: 'no such subscriber' });
    return;
  }
  try {
    await subscriber.handle(
      { strapi, eventId: Number(last.event_id), occurredAt: new Date(Number(last.occurred_at)) },
      rows.map((row) => JSON.parse(row.payload) as object),
    );
    await finish(db, rows, { status: 'done', last_error: null });
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    for (const row of rows) await tryLater(strapi, row, message);
  }
}

async function tryLater(strapi: Core.Strapi, row: DeliveryRow, message: string): Promise<void> {
  strapi.log.error(`crm: ${row.subscriber} failed on ${row.type} #${row.event_id}: ${message}`);
  await finish(database(strapi), [row], {
    status: row.attempts >= MAX_ATTEMPTS ? 'dead' : 'pending',
    last_error: message.slice(0, 2000),
    due_at: clock(strapi).now().getTime() + 1000 * 2 ** row.attempts,
  });
}

async function deliver(
  strapi: Core.Strapi,
  narrow: (query: Knex.QueryBuilder) => void,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const db = database(strapi);
  const ids = await claim(db, clock(strapi).now().getTime(), narrow);
  if (ids.length === 0) return 0;
  const rows: DeliveryRow[] = await db('crm_domain_event_deliveries as d')
    .join('crm_domain_events as e', 'e.id', 'd.event_id')
    .whereIn('d.id', ids)
    .orderBy('d.id')
    .select(
      'd.id',
      'd.event_id',
      'd.subscriber',
      'd.attempts',
      'e.type',
      'e.payload',
      'e.occurred_at',
    );
  for (const call of callsOf(strapi, rows)) {
    await attempt(strapi, call);
    await between();
  }
  return ids.length;
}

export async function deliverInline(strapi: Core.Strapi, eventIds: readonly number[]) {
  const inline = subscribers(strapi)
    .filter((subscriber) => subscriber.delivery === 'inline')
    .map((subscriber) => subscriber.name);
  if (inline.length === 0) return;
  await deliver(strapi, (query) => {
    void query.whereIn('event_id', eventIds).whereIn('subscriber', inline);
  });
}

/** Delivers everything that is due, also what earlier deliveries cause. Returns how many. */
export async function drainEvents(strapi: Core.Strapi): Promise<number> {
  let total = 0;
  for (;;) {
    // Nobody waits for these: requests that have come meanwhile go first.
    const delivered = await deliver(
      strapi,
      () => undefined,
      () => giveWay(strapi),
    );
    if (delivered === 0) return total;
    total += delivered;
  }
}
