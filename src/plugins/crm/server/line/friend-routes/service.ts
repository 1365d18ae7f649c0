import type { Core } from '@strapi/strapi';
import QRCode from 'qrcode';

import type { FriendRoute } from '../../../shared/line-friend-route';
import { wallClock } from '../../../shared/site-time';
import { clock, crmConfig, database, heavyRead, refuse, success, type Result } from '../../kernel';
import { loginChannel } from '../client/login-client';
import {
  allRoutes,
  countOpen,
  openCounts,
  routeOfKey,
  routeFiguresQuery,
  routeRevenueQuery,
  type RouteFigures,
  type RouteRevenue,
  type StoredRoute,
} from '../store';

const urlOf = (strapi: Core.Strapi, { key }: StoredRoute): string =>
  new URL(`/m/line/add/${key}`, crmConfig(strapi).publicUrl).toString();

export async function listRoutes(strapi: Core.Strapi): Promise<FriendRoute[]> {
  const db = database(strapi);
  const opens = await openCounts(db);
  const figures = await heavyRead<RouteFigures>(strapi, routeFiguresQuery(db));
  const revenue = await heavyRead<RouteRevenue>(strapi, routeRevenueQuery(db));
  return (await allRoutes(strapi)).map((route) => {
    const people = figures.find((row) => row.route === route.documentId);
    const money = revenue.find((row) => row.route === route.documentId);
    return {
      ...route,
      url: urlOf(strapi, route),
      opens: opens.get(route.documentId) ?? 0,
      friends: Number(people?.friends ?? 0),
      following: Number(people?.following ?? 0),
      members: Number(people?.members ?? 0),
      orders: Number(money?.orders ?? 0),
      amount: Number(money?.amount ?? 0),
    };
  });
}

/** Enough of a margin and of correction for a poster that is scratched. */
const QR = { errorCorrectionLevel: 'M', margin: 4 } as const;

export async function showRoute(strapi: Core.Strapi, documentId: string): Promise<Result<object>> {
  const route = (await listRoutes(strapi)).find((each) => each.documentId === documentId);
  if (!route) return refuse('line.route-not-found', 404);
  const svg = await QRCode.toString(route.url, { ...QR, type: 'svg' });
  return success({
    ...route,
    png: await QRCode.toDataURL(route.url, { ...QR, width: 1000 }),
    svg: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
    isAttributed: loginChannel(strapi) !== undefined,
  });
}

/** Its documentId; null: no such link. `counted`: a person opens it. */
export async function openRoute(
  strapi: Core.Strapi,
  key: string,
  counted: boolean,
): Promise<string | null> {
  const route = await routeOfKey(strapi, key);
  if (!route) return null;
  const day = wallClock(clock(strapi).now(), crmConfig(strapi).timeZone);
  if (counted) await countOpen(database(strapi), route.documentId, day.toISOString().slice(0, 10));
  return route.documentId;
}
