import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { TimelineEntry } from '../../shared/customers';
import { database, heavyRead } from '../kernel';
import { claimIdentity, importIdentities, normalizeIdentity } from './claims';
import { conditionOf } from './condition';
import { readCursor, writeCursor } from './domain/cursor';
import { mergeTimeline, readPosition, writePosition } from './domain/timeline';
import {
  timelineSources,
  type CustomerPage,
  type CustomerSearch,
  type CustomersService,
  type TimelineQuery,
} from './index';
import { activeStaff, lifecycleStages } from './store/choices';
import { findByIds, idsOfNumbers } from './store/customers';
import {
  deleteIdentity,
  deleteImported,
  findIdentity,
  holdersOf,
  identitiesOf,
} from './store/identities';
import { countQuery, idsOf, listCustomers } from './store/list';
import { wayOf } from './store/narrowing';
import { createCustomer, updateCustomer } from './writing';

/** Totals up to here are exact; beyond, the answer says "at least this many". */
const COUNT_BOUND = 100_000;
/** Who types two letters wants the first page, not a census. */
const SEARCH_BOUND = 10_000;

async function count(strapi: Core.Strapi, query: Knex.QueryBuilder): Promise<number> {
  const [counted] = await heavyRead<{ total: number | string }>(strapi, query);
  return Number(counted?.total ?? 0);
}

async function search(strapi: Core.Strapi, query: CustomerSearch): Promise<CustomerPage> {
  const db = database(strapi);
  const condition = conditionOf(strapi, query);
  if (!condition) return { customers: [], total: 0, totalIsEstimate: false };
  const limit = query.limit ?? 50;
  const bound = condition.prefixes.length > 0 ? SEARCH_BOUND : COUNT_BOUND;
  const way = await wayOf(db, condition);
  const ids = await idsOf(db, condition, way);
  const [total, found] = await Promise.all([
    ids ? Math.min(ids.length, bound) : count(strapi, countQuery(db, condition, bound, way)),
    listCustomers(
      db,
      condition,
      { way, ids },
      {
        sort: query.sort ?? 'newest',
        position: readCursor(query.cursor),
        limit: limit + 1,
      },
    ),
  ]);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    customers: page.map((entry) => entry.customer),
    ...(found.length > limit && last ? { next: writeCursor(last.position) } : {}),
    total,
    totalIsEstimate: total >= bound,
  };
}

async function timeline(
  strapi: Core.Strapi,
  customerId: number,
  query: TimelineQuery,
): Promise<{ entries: TimelineEntry[]; next?: string }> {
  const { limit, kinds, locale = 'ja' } = query;
  const { before, skip } = readPosition(query.before);
  const sources = timelineSources
    .members(strapi)
    .filter((source) => !kinds || kinds.includes(source.kind));
  const parts = await Promise.all(
    sources.map((source) => source.entries({ customerId, before, limit: limit + skip, locale })),
  );
  const { entries, next } = mergeTimeline(parts, limit, skip);
  return { entries, ...(next ? { next: writePosition(next) } : {}) };
}

export function createCustomersService({ strapi }: { strapi: Core.Strapi }): CustomersService {
  const db = () => database(strapi);
  return {
    find: async (id) => (await findByIds(db(), [id]))[0] ?? null,
    findMany: (ids) => findByIds(db(), ids),
    async findByIdentity(kind, value) {
      const identity = await findIdentity(db(), kind, normalizeIdentity(kind, value));
      return identity ? ((await findByIds(db(), [identity.customerId]))[0] ?? null) : null;
    },
    create: (unit, input, reader, told) => createCustomer(strapi, unit, input, reader, told),
    update: (unit, id, patch, reader, told) =>
      updateCustomer(strapi, unit, id, patch, reader, told),
    attachIdentity: (unit, claim) => claimIdentity(strapi, unit, claim),
    detachIdentity: (unit, { customerId, kind, value }) =>
      deleteIdentity(unit.trx, { customerId, kind, value: normalizeIdentity(kind, value) }),
    identities: (customerId) => identitiesOf(db(), customerId),
    importIdentities: (unit, kind, claims, importId) =>
      importIdentities(strapi, unit, { kind, claims, importId }),
    forgetImported: (unit, kind, customerIds, importId) =>
      deleteImported(unit.trx, kind, customerIds, importId),
    idsOf: async ({ trx }, { numbers, emails }) => ({
      byNumber: await idsOfNumbers(trx, numbers),
      byEmail: await holdersOf(trx, 'email', emails),
    }),
    search: (query) => search(strapi, query),
    async choices() {
      const stages = await lifecycleStages(db());
      const staff = await activeStaff(db());
      return {
        lifecycle: stages.map((stage) => ({ value: stage, label: stage })),
        owner: staff.map(({ id, name }) => ({ value: String(id), label: name })),
      };
    },
    timeline: (customerId, query) => timeline(strapi, customerId, query),
  };
}
