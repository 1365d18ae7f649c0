/** A hundred people with every kind of fact, the same every time, and their rows in the database. */
import type { Core } from '@strapi/strapi';

import { compiled, kernel } from '../../support/crm';
import type { MoreFacts } from './more-facts';

/** 22 November 2026, 14:05 in Tokyo: what every test here calls now. */
export const NOW = Date.UTC(2026, 10, 22, 5, 5);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface Order {
  readonly at: number;
  readonly total: number;
  readonly status: 'placed' | 'paid' | 'cancelled' | 'refunded';
  readonly products: readonly Line[];
}

export interface Line {
  readonly code: string;
  readonly quantity: number;
  readonly price: number;
}

/** Of three pieces all came back, of two one; at their price. */
export const RETURNED: Readonly<Record<number, number>> = { 1: 0, 2: 1, 3: 3 };

export interface Subscribed {
  readonly plan: string;
  readonly status: 'active' | 'past_due' | 'paused' | 'cancelled';
  readonly startedAt: number;
  readonly renewsAt: number | null;
  readonly endsAt: number | null;
}

export interface Occurrence {
  readonly name: string;
  readonly at: number;
  readonly bot: boolean;
  readonly type: 'track' | 'page' | 'identify';
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A person as the independent evaluator reads them. */
export interface Person {
  readonly id: number;
  readonly familyName: string | null;
  readonly company: string | null;
  readonly prefecture: string | null;
  readonly tier: string | null;
  readonly birthday: string | null;
  readonly tags: readonly string[] | null;
  readonly tierLocked: boolean | null;
  readonly registeredAt: number | null;
  readonly consents: Readonly<Record<string, boolean>>;
  readonly identities: readonly string[];
  readonly orders: readonly Order[];
  readonly subscriptions: readonly Subscribed[];
  readonly events: readonly Occurrence[];
  /** documentIds of the segments they are in; a test that makes some says so. */
  readonly segments?: readonly string[];
  /** Fields of the operator's own, and what later features know; of the test that writes them. */
  readonly more?: MoreFacts;
}

export const NAMES = ['佐藤', 'Sato', 'SATO', 'ＳＡＴＯ', "O'Brien", '100%_x', '', null];
export const COMPANIES = ['縁レコード', 'Enishi Records', 'enishi', '\\back', '😀株式会社', null];
export const PREFECTURES = ['東京都', '大阪府', null];
export const TIERS = ['regular', 'gold', 'platinum', null];
export const TAGS = ['jazz', 'vinyl', '日本語', "a'b"];
export const PRODUCTS = ['LP-1', 'LP-2'];
/** Where the products lie: in a category, and in the one above it. */
export const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  音楽: ['LP-1', 'LP-2'],
  '音楽 > ジャズ': ['LP-1'],
};
/** Products by what a clause names: one, or everything in a category. */
export type Named = (wanted: string) => readonly string[];
export const itself: Named = (code) => [code];
export const inCategory: Named = (category) => CATEGORIES[category] ?? [];
export const PLANS = ['CLUB', 'CLUB-YEAR'];
export const EVENTS = ['Product Viewed', 'Product Added', 'Order Completed', '/top'];
/** What stands in the properties of events: texts, figures, and what must not be taken for either. */
export const CARTS = ['c1', 'c2', '３', 7, 7.5, true, null, ['c1'], { id: 'c1' }, undefined];
export const VALUES = [0, 1, 500, 0.5, -2, '500', null, true, undefined];
/** PostgreSQL cannot read these as JSON; such properties count as empty everywhere. */
const UNREADABLE = ['\u0000', '\ud800', undefined, undefined, undefined, undefined];
export const BIRTHDAYS = ['1990-11-22', '2000-02-29', '1985-12-31', '2026-11-30', null];
/** Instants around every boundary that a period can have: midnight in Tokyo, the hour, leap days. */
export const AGES = [
  0,
  1,
  HOUR,
  HOUR + 1,
  2 * HOUR,
  4 * HOUR,
  4 * HOUR + 1,
  5 * HOUR,
  14 * HOUR + 5 * 60_000,
  14 * HOUR + 5 * 60_000 + 1,
  DAY,
  7 * DAY,
  30 * DAY,
  31 * DAY,
  365 * DAY,
  365 * DAY + 14 * HOUR + 5 * 60_000,
  366 * DAY,
  400 * DAY,
];

/** A small generator of our own: the data must not change with a library. */
export function dice(seed: number) {
  let state = seed;
  return (size: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % size;
  };
}

const STATUSES = ['placed', 'paid', 'cancelled', 'refunded'] as const;
const STANDINGS = ['active', 'past_due', 'paused', 'cancelled'] as const;
const TYPES = ['track', 'track', 'page', 'identify'] as const;

function makePerson(roll: (size: number) => number): Omit<Person, 'id'> {
  const pick = <T>(values: readonly T[]): T => values[roll(values.length)] as T;
  const some = <T>(most: number, make: () => T): T[] =>
    Array.from({ length: roll(most + 1) }, make);
  return {
    familyName: pick(NAMES),
    company: pick(COMPANIES),
    prefecture: pick(PREFECTURES),
    tier: pick(TIERS),
    birthday: pick(BIRTHDAYS),
    tags: roll(4) === 0 ? null : [...new Set(some(3, () => pick(TAGS)))],
    tierLocked: pick([true, false, null]),
    registeredAt: roll(3) === 0 ? null : NOW - pick(AGES),
    consents: Object.fromEntries(some(3, () => [pick(['email', 'line']), roll(2) === 0])),
    identities: [...new Set(some(3, () => pick(['email', 'line', 'phone', 'member'])))],
    orders: some(4, () => ({
      at: NOW - pick(AGES),
      total: pick([0, 500, 4000, 10_000]),
      status: pick(STATUSES),
      products: some(2, () => ({
        code: pick(PRODUCTS),
        quantity: 1 + roll(3),
        price: pick([100, 2000]),
      })),
    })),
    subscriptions: some(2, () => ({
      plan: pick(PLANS),
      status: pick(STANDINGS),
      startedAt: NOW - pick(AGES),
      renewsAt: roll(3) === 0 ? null : NOW + pick(AGES),
      endsAt: roll(2) === 0 ? null : NOW + (roll(2) === 0 ? 1 : -1) * pick(AGES),
    })),
    events: some(6, () => ({
      name: pick(EVENTS),
      at: NOW - pick(AGES),
      bot: roll(4) === 0,
      type: pick(TYPES),
      properties: { cart_id: pick(CARTS), value: pick(VALUES), note: pick(UNREADABLE) },
    })),
  };
}

async function insertOrders(strapi: Core.Strapi, id: number, orders: readonly Order[]) {
  const db = kernel().database(strapi);
  for (const [index, order] of orders.entries()) {
    const row = {
      order_number: `${id}-${index}`,
      customer_id: id,
      ordered_at: order.at,
      status: order.status,
      currency: 'JPY',
      total: order.total,
    };
    const [inserted]: { id: number }[] = await db('crm_orders').insert(row).returning('id');
    for (const { code, quantity, price } of order.products) {
      const returned = RETURNED[quantity] ?? 0;
      const line = {
        product_code: code,
        title: code,
        quantity,
        unit_price: price,
        returned_quantity: returned,
        returned_amount: returned * price,
      };
      await db('crm_order_lines').insert({ ...line, order_id: inserted?.id });
    }
  }
}

async function insertSubscriptions(
  strapi: Core.Strapi,
  id: number,
  subscriptions: readonly Subscribed[],
) {
  const rows = subscriptions.map((one, index) => ({
    subscription_id: `${id}-${index}`,
    customer_id: id,
    product_code: one.plan,
    title: one.plan,
    status: one.status,
    started_at: one.startedAt,
    renews_at: one.renewsAt,
    ends_at: one.endsAt,
    amount: 500,
    interval: 'month',
  }));
  if (rows.length > 0) await kernel().database(strapi)('crm_subscriptions').insert(rows);
}

async function insertPerson(strapi: Core.Strapi, person: Omit<Person, 'id'>): Promise<number> {
  const { consents, identities, orders, subscriptions, events, ...fields } = person;
  const db = kernel().database(strapi);
  const data = {
    ...fields,
    registeredAt: fields.registeredAt === null ? null : new Date(fields.registeredAt),
  };
  const { id }: { id: number } = await strapi.db.query('plugin::crm.customer').create({ data });
  const states = Object.entries(consents).map(([channel, granted]) => ({
    customer_id: id,
    purpose: 'marketing',
    channel,
    granted,
    changed_at: NOW,
  }));
  if (states.length > 0) await db('crm_consent_states').insert(states);
  for (const kind of identities) {
    await db('crm_identities').insert({ customer_id: id, kind, value: `v${id}`, created_at: NOW });
  }
  await insertOrders(strapi, id, orders);
  await insertSubscriptions(strapi, id, subscriptions);
  const { trackingService } =
    compiled<typeof import('../../../src/plugins/crm/server/tracking')>('tracking');
  await trackingService(strapi).append(
    events.map(({ name, at, bot, type, properties }) => ({
      name,
      type,
      customerId: id,
      occurredAt: at,
      isBot: bot,
      properties,
    })),
  );
  return id;
}

/** Writes the people and returns them with the ids that the database gave. */
export async function seedPeople(strapi: Core.Strapi, size = 100): Promise<Person[]> {
  const roll = dice(20_261_122);
  for (const [category, codes] of Object.entries(CATEGORIES)) {
    await kernel()
      .database(strapi)('crm_product_categories')
      .insert(codes.map((code) => ({ category, product_code: code })))
      .onConflict(['category', 'product_code'])
      .ignore();
  }
  const people: Person[] = [];
  for (let index = 0; index < size; index += 1) {
    const person = makePerson(roll);
    people.push({ ...person, id: await insertPerson(strapi, person) });
  }
  return people;
}
