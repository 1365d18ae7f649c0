import type { Core } from '@strapi/strapi';
import { ulid } from 'ulid';

import { clock, database, inTransaction, type UnitOfWork } from '../kernel';
import { trackedPage } from './domain/events';
import { eventsTracked, type TrackedEvent, type TrackingService } from './index';
import { refusesTracking } from './sender';
import {
  adoptVisitorEvents,
  belongsToAnother,
  insertEvents,
  pagesOfVisitor,
  type EventRow,
} from './store';

/** Made by `crm.js` after a yes, and gone after a no: the cookie is the consent. */
const VISITOR_COOKIE = 'crm_visitor';
const VISITOR_ID = /^[\w-]{16,64}$/;
const MOST_PAGES = 30;

const rowOf = (event: TrackedEvent, now: number): EventRow => ({
  message_id: event.messageId ?? ulid(now),
  type: event.type,
  name: event.name.slice(0, 200),
  customer_id: event.customerId ?? null,
  visitor_id: event.visitorId ?? null,
  // A clock that runs ahead must not put an event at the top of every timeline for ever.
  occurred_at: Math.min(event.occurredAt ?? now, now),
  received_at: now,
  properties: JSON.stringify(event.properties ?? {}),
  is_bot: event.isBot ?? false,
});

const known = (ids: readonly (number | null)[]): number[] => [
  ...new Set(ids.flatMap((id) => (id === null ? [] : [Number(id)]))),
];

async function appendIn(unit: UnitOfWork, rows: readonly EventRow[]): Promise<number> {
  const inserted = await insertEvents(unit.trx, rows);
  const customerIds = known(inserted);
  if (customerIds.length > 0) await unit.publish(eventsTracked, { customerIds });
  return inserted.length;
}

async function stitchIn(unit: UnitOfWork, visitorId: string, customerId: number) {
  if (await belongsToAnother(unit.trx, visitorId, customerId)) return 0;
  const moved = await adoptVisitorEvents(unit.trx, visitorId, customerId);
  if (moved > 0) await unit.publish(eventsTracked, { customerIds: [customerId] });
  return moved;
}

export function createTrackingService({ strapi }: { strapi: Core.Strapi }): TrackingService {
  const service: TrackingService = {
    async append(events) {
      if (events.length === 0) return { appended: 0, duplicates: 0 };
      const now = clock(strapi).now().getTime();
      const rows = events.map((event) => rowOf(event, now));
      const appended = await inTransaction(strapi, (unit) => appendIn(unit, rows));
      return { appended, duplicates: rows.length - appended };
    },
    async trackServerSide(event) {
      await service.append([{ ...event, type: 'track' }]);
    },
    stitch: (visitorId, customerId) =>
      inTransaction(strapi, (unit) => stitchIn(unit, visitorId, customerId)),
    visitorOf(ctx) {
      const id = refusesTracking(ctx)
        ? undefined
        : ctx.cookies.get(VISITOR_COOKIE, { signed: false });
      return id !== undefined && VISITOR_ID.test(id) ? id : undefined;
    },
    async pagesOf(visitorId, since) {
      const rows = await pagesOfVisitor(database(strapi), { visitorId, since, limit: MOST_PAGES });
      return rows.map(({ name, properties }) => trackedPage(name, properties));
    },
  };
  return service;
}
