/** What came in together, in one transaction: whose browser, whose event, into the log. */
import type { Core } from '@strapi/strapi';
import { isbot } from 'isbot';

import type { TrackingCall } from '../../../shared/tracking';
import { inTransaction, type UnitOfWork } from '../../kernel';
import { trackedEvent } from '../domain/events';
import { eventsTracked, type TrackedEvent } from '../index';
import { customersByNumber, insertEvents, type EventRow } from '../store/events';
import { visitorsOf, type VisitorRow } from '../store/visitors';
import { claimVisitor } from '../visitors/claiming';
import { newMessageId } from './message-id';
import type { Sender } from './sender';

/** One request's calls. */
export interface Incoming {
  readonly sender: Sender;
  readonly calls: readonly TrackingCall[];
  readonly sentAt?: string | null;
  readonly now: number;
}

export function rowOf(event: TrackedEvent, now: number): EventRow {
  return {
    message_id: event.messageId ?? newMessageId(now),
    type: event.type,
    name: event.name.slice(0, 200),
    customer_id: event.customerId ?? null,
    visitor_id: event.visitorId ?? null,
    // A clock that runs ahead must not put an event at the top of every timeline for ever.
    occurred_at: Math.min(event.occurredAt ?? now, now),
    received_at: now,
    properties: JSON.stringify(event.properties ?? {}),
    is_bot: event.isBot ?? false,
  };
}

/** Writes what is new; answers how much that was. One message id is one row, within a group too. */
export async function writeRows(
  unit: UnitOfWork,
  rows: readonly EventRow[],
  alsoChanged: readonly number[] = [],
): Promise<number> {
  const once = new Map<string, EventRow>();
  for (const row of rows) if (!once.has(row.message_id)) once.set(row.message_id, row);
  const inserted = await insertEvents(unit.trx, [...once.values()]);
  const known = inserted.filter((id): id is number => id !== null);
  const customerIds = [...new Set([...alsoChanged, ...known])];
  if (customerIds.length > 0) await unit.publish(eventsTracked, { customerIds });
  return inserted.length;
}

interface Said {
  readonly incoming: Incoming;
  readonly call: TrackingCall;
  /** Who it is, as far as the sender may tell. */
  readonly customerId: number | null;
}

/** Which visitor id is told to be whose: of a server's alias the earlier id, else the event's. */
const visitorMeant = ({ incoming, call }: Said): string | null | undefined =>
  call.type === 'alias' && incoming.sender.kind === 'server'
    ? call.previousId.slice(0, 64)
    : call.anonymousId;

const numbersIn = ({ sender, calls }: Incoming): string[] =>
  sender.kind === 'server' ? calls.flatMap(({ userId }) => userId ?? []) : [];

async function withPeople(unit: UnitOfWork, group: readonly Incoming[]): Promise<Said[]> {
  const numbers = new Set(group.flatMap(numbersIn));
  const people = await customersByNumber(unit.trx, [...numbers]);
  return group.flatMap((incoming) =>
    incoming.calls.map((call) => ({
      incoming,
      call,
      customerId:
        incoming.sender.kind === 'browser'
          ? incoming.sender.customerId
          : (people.get(call.userId ?? '') ?? null),
    })),
  );
}

type Visitors = Map<string, VisitorRow | null>;

/** Settles every pair of browser and person once. Answers whose earlier events came to them. */
async function settle(unit: UnitOfWork, said: readonly Said[], visitors: Visitors) {
  const gained = new Set<number>();
  for (const one of said) {
    const visitorId = visitorMeant(one);
    if (!visitorId || one.customerId === null) continue;
    const row = visitors.get(visitorId) ?? null;
    if (row && row.how !== 'mail') continue;
    const { customerId } = one;
    const how = one.incoming.sender.kind === 'server' ? 'server' : 'login';
    const claim = { visitorId, customerId, how, now: one.incoming.now, known: row } as const;
    if (await claimVisitor(unit, claim)) gained.add(customerId);
    visitors.set(visitorId, (await visitorsOf(unit.trx, [visitorId])).get(visitorId) ?? null);
  }
  return [...gained];
}

/** Whom a visit in this browser counts for while nobody is logged in. */
function guestOf(visitor: VisitorRow | null | undefined, now: number): number | null {
  if (!visitor || visitor.holds_until === null || visitor.holds_until <= now) return null;
  return visitor.customer_id;
}

type Who = Pick<TrackedEvent, 'customerId' | 'visitorId'>;

function whoDid({ incoming, call, customerId }: Said, visitors: Visitors): Who {
  const visitorId = call.anonymousId ?? null;
  const visitor = visitorId === null ? undefined : visitors.get(visitorId);
  if (customerId === null) return { visitorId, customerId: guestOf(visitor, incoming.now) };
  if (visitorId === null || visitor?.customer_id === customerId) return { visitorId, customerId };
  // Somebody else's browser: a page may have kept this from before the login; a server knows better.
  const fromBrowser = incoming.sender.kind === 'browser';
  return fromBrowser ? { visitorId, customerId: null } : { visitorId: null, customerId };
}

function eventOf(said: Said, visitors: Visitors): EventRow {
  const { call, incoming } = said;
  const { sender, now, sentAt } = incoming;
  const fromBrowser = sender.kind === 'browser';
  const isBot = fromBrowser ? sender.isBot : isbot(call.context?.userAgent ?? '');
  const event = trackedEvent(call, { now, isBot, sentAt, fromBrowser, customerId: null });
  return rowOf({ ...event, ...whoDid(said, visitors) }, now);
}

export async function writeIncoming(strapi: Core.Strapi, group: readonly Incoming[]) {
  await inTransaction(strapi, async (unit) => {
    const said = await withPeople(unit, group);
    const ids = new Set(said.map(visitorMeant).filter((id): id is string => Boolean(id)));
    const visitors: Visitors = await visitorsOf(unit.trx, [...ids]);
    const gained = await settle(unit, said, visitors);
    await writeRows(
      unit,
      said.map((one) => eventOf(one, visitors)),
      gained,
    );
  });
}
