import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { clock, database, inTransaction, type UnitOfWork } from '../kernel';
import { trackedPage } from './domain/events';
import { rowOf, writeRows } from './ingest/write';
import { eventsTracked, visitorResolver, type TrackingService } from './index';
import { pagesOfVisitor } from './store/events';
import { claimVisitor, openLink } from './visitors/claiming';
import { renewVisitor, visitorOf } from './visitors/cookie';

const MOST_PAGES = 30;

async function stitchIn(unit: UnitOfWork, visitorId: string, customerId: number, now: number) {
  const moved = await claimVisitor(unit, { visitorId, customerId, how: 'login', now });
  if (moved) await unit.publish(eventsTracked, { customerIds: [customerId] });
  return moved;
}

/** The browser is hers, or, where somebody else was here before, another visitor from now on. */
async function loggedIn(strapi: Core.Strapi, ctx: Context, customerId: number): Promise<void> {
  const visitorId = visitorOf(ctx);
  if (visitorId === undefined) return;
  const now = clock(strapi).now().getTime();
  const moved = await inTransaction(strapi, (unit) => stitchIn(unit, visitorId, customerId, now));
  if (moved === null) renewVisitor(strapi, ctx);
}

async function openedOwnLink(
  strapi: Core.Strapi,
  ctx: Context,
  { customerId, proof }: { customerId: number; proof: string },
): Promise<void> {
  const visitorId = visitorOf(ctx);
  if (visitorId === undefined) return;
  const [resolver] = visitorResolver.members(strapi);
  // Who is logged in is who it is, whosever mail the link stood in.
  if (((await resolver?.customerOf(ctx)) ?? null) !== null) return;
  await inTransaction(strapi, async (unit) => {
    const moved = await openLink(strapi, unit, { visitorId, customerId, proof });
    if (moved > 0) await unit.publish(eventsTracked, { customerIds: [customerId] });
  });
}

export function createTrackingService({ strapi }: { strapi: Core.Strapi }): TrackingService {
  const service: TrackingService = {
    async append(events) {
      if (events.length === 0) return { appended: 0, duplicates: 0 };
      const now = clock(strapi).now().getTime();
      const rows = events.map((event) => rowOf(event, now));
      const appended = await inTransaction(strapi, (unit) => writeRows(unit, rows));
      return { appended, duplicates: rows.length - appended };
    },
    async trackServerSide(event) {
      await service.append([{ ...event, type: 'track' }]);
    },
    async stitch(visitorId, customerId) {
      const now = clock(strapi).now().getTime();
      return (
        (await inTransaction(strapi, (unit) => stitchIn(unit, visitorId, customerId, now))) ?? 0
      );
    },
    loggedIn: (ctx, customerId) => loggedIn(strapi, ctx, customerId),
    loggedOut: (ctx) => renewVisitor(strapi, ctx),
    openedOwnLink: (ctx, link) => openedOwnLink(strapi, ctx, link),
    visitorOf,
    async pagesOf(visitorId, since) {
      const rows = await pagesOfVisitor(database(strapi), { visitorId, since, limit: MOST_PAGES });
      return rows.map(({ name, properties }) => trackedPage(name, properties));
    },
  };
  return service;
}
