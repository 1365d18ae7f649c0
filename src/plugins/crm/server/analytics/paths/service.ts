/** Path to purchase: which pages people saw in the days before they ordered. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import {
  MOST_PATH_PAGES,
  PATH_DAYS,
  type PagePath,
  type PagePaths,
  type PagePathsQuery,
} from '../../../shared/page-paths';
import { crmConfig, database, heavyRead, inTransaction } from '../../kernel';
import { dayRange, parseDay } from '../../segments';
import type { EventsKeeper } from '../../tracking';
import {
  firstReceived,
  keepDay,
  keptPages,
  lastKeptDay,
  ordersOf,
  ordersWithPages,
  pagesOfOrders,
  type Instants,
} from './store';

const DAY_MS = 86_400_000;
const WINDOW_MS = PATH_DAYS * DAY_MS;

const nextDay = (day: string): string =>
  new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

interface Row {
  readonly page?: string;
  readonly orders: number | string;
  readonly views?: number | string;
}

const read = (strapi: Core.Strapi, query: Knex.QueryBuilder) => heavyRead<Row>(strapi, query);

async function orders(strapi: Core.Strapi, query: Knex.QueryBuilder): Promise<number> {
  const [row] = await read(strapi, query);
  return Number(row?.orders ?? 0);
}

const pathOf = (row: Row): PagePath => ({
  page: row.page ?? '',
  orders: Number(row.orders),
  views: Number(row.views ?? 0),
});

/** The days from one to another, as the log tells them; the empty page is all of them together. */
async function fromLog(strapi: Core.Strapi, instants: Instants): Promise<PagePath[]> {
  const db = database(strapi);
  const pages = await read(strapi, pagesOfOrders(db, instants, WINDOW_MS));
  const all = {
    page: '',
    orders: await orders(strapi, ordersOf(db, instants)),
    views: await orders(strapi, ordersWithPages(db, instants, WINDOW_MS)),
  };
  return [all, ...pages.map(pathOf).filter(({ page }) => page !== '')];
}

function instantsOf(strapi: Core.Strapi, from: string, to: string): Instants {
  const { timeZone } = crmConfig(strapi);
  return {
    from: dayRange(parseDay(from), timeZone).from,
    until: dayRange(parseDay(to), timeZone).until,
  };
}

function added(parts: readonly PagePath[]): Map<string, PagePath> {
  const pages = new Map<string, PagePath>();
  for (const { page, orders: count, views } of parts) {
    const before = pages.get(page) ?? { page, orders: 0, views: 0 };
    pages.set(page, { page, orders: before.orders + count, views: before.views + views });
  }
  return pages;
}

const moreOrders = (a: PagePath, b: PagePath): number =>
  b.orders - a.orders || b.views - a.views || (a.page < b.page ? -1 : 1);

/** Days whose events are gone as they were counted before, the others from the log. */
export async function pagePaths(
  strapi: Core.Strapi,
  { from, to }: PagePathsQuery,
): Promise<PagePaths> {
  const db = database(strapi);
  const lastKept = await lastKeptDay(db);
  const kept = (await read(strapi, keptPages(db, { from, to }))).map(pathOf);
  const liveFrom = lastKept !== null && lastKept >= from ? nextDay(lastKept) : from;
  const live = liveFrom <= to ? await fromLog(strapi, instantsOf(strapi, liveFrom, to)) : [];
  const pages = added([...kept, ...live]);
  const all = pages.get('');
  pages.delete('');
  return {
    orders: all?.orders ?? 0,
    withPages: all?.views ?? 0,
    pages: [...pages.values()].sort(moreOrders).slice(0, MOST_PATH_PAGES),
  };
}

const isoDay = (instant: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(instant);

/** Every day whose orders look back on events that are about to go is counted before. */
export const pathsKeeper = ({ strapi }: { strapi: Core.Strapi }): EventsKeeper => ({
  async keepUntil(receivedBefore) {
    const db = database(strapi);
    const { timeZone } = crmConfig(strapi);
    const lastKept = await lastKeptDay(db);
    const oldest = await firstReceived(db);
    if (oldest === null) return;
    const last = isoDay(receivedBefore + WINDOW_MS, timeZone);
    let day = lastKept === null ? isoDay(oldest, timeZone) : nextDay(lastKept);
    for (; day <= last; day = nextDay(day)) {
      const rows = await fromLog(strapi, instantsOf(strapi, day, day));
      await inTransaction(strapi, ({ trx }) => keepDay(trx, day, rows));
    }
  },
});
