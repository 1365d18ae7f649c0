import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { TierInput, TierRule } from '../../../shared/tiers';
import { chunked, isPostgres, type Database } from '../../kernel';
import { memberTierUid } from './content-type';
import type { Tier } from './domain';
import { figuresQuery } from './metrics/store';

const SEEDS: readonly Tier[] = [
  {
    key: 'regular',
    name: 'レギュラー',
    nameEn: 'Regular',
    minimum: 0,
    color: '#6B7280',
  },
  {
    key: 'silver',
    name: 'シルバー',
    nameEn: 'Silver',
    minimum: 10_000,
    color: '#8A9BA8',
  },
  { key: 'gold', name: 'ゴールド', nameEn: 'Gold', minimum: 30_000, color: '#B8860B' },
  {
    key: 'platinum',
    name: 'プラチナ',
    nameEn: 'Platinum',
    minimum: 60_000,
    color: '#4B5C78',
  },
].map((tier, rank) => ({ ...tier, rank }));

/** Lowest rank first. */
export const listTiers = (strapi: Core.Strapi): Promise<Tier[]> =>
  strapi.db.query(memberTierUid).findMany({ orderBy: { rank: 'asc' } });

/** On a database without tiers; an operator's own are left alone. */
export async function seedTiers(strapi: Core.Strapi): Promise<void> {
  if ((await strapi.db.query(memberTierUid).count()) > 0) return;
  for (const tier of SEEDS) await strapi.db.query(memberTierUid).create({ data: tier });
}

export interface TierRow {
  readonly id: number;
  readonly tier: string | null;
}

/** Whose tier no person has fixed; nobody else changes them until the transaction ends. */
export async function holdUnlocked(trx: Database, ids: readonly number[]): Promise<TierRow[]> {
  const found: TierRow[] = [];
  for (const part of chunked(ids)) {
    const query = trx('crm_customers')
      .whereIn('id', part)
      .where((where) => where.where('tier_locked', false).orWhereNull('tier_locked'))
      .orderBy('id')
      .select('id', 'tier');
    // SQLite has one writing transaction at a time anyway.
    if (isPostgres(trx)) query.forUpdate();
    const rows: TierRow[] = await query;
    found.push(...rows.map((row) => ({ id: Number(row.id), tier: row.tier })));
  }
  return found;
}

export async function tiersOf(db: Database, ids: readonly number[]): Promise<TierRow[]> {
  const found: TierRow[] = [];
  for (const part of chunked(ids)) {
    const rows: TierRow[] = await db('crm_customers').whereIn('id', part).select('id', 'tier');
    found.push(...rows.map((row) => ({ id: Number(row.id), tier: row.tier })));
  }
  return found;
}

/** Everybody, or those above the lowest tier (index `crm_customers_tier_ix`), by id. */
export async function customerIdsPage(
  db: Database,
  page: { above?: string; after: number; limit: number },
): Promise<number[]> {
  const query = db('crm_customers').where('id', '>', page.after);
  if (page.above !== undefined) query.whereNot({ tier: page.above });
  const rows: { id: number }[] = await query.orderBy('id').limit(page.limit).select('id');
  return rows.map((row) => Number(row.id));
}

export async function setTier(db: Database, ids: readonly number[], tier: string): Promise<void> {
  for (const part of chunked(ids)) await db('crm_customers').whereIn('id', part).update({ tier });
}

/** Brings the table to these tiers, in the caller's transaction; the order is the rank. */
export async function replaceTiers(
  strapi: Core.Strapi,
  tiers: readonly TierInput[],
): Promise<void> {
  const query = strapi.db.query(memberTierUid);
  const keys = tiers.map(({ key }) => key);
  await query.deleteMany({ where: { key: { $notIn: keys } } });
  for (const [rank, tier] of tiers.entries()) {
    const known: { id: number } | null = await query.findOne({ where: { key: tier.key } });
    const data = { ...tier, rank };
    if (known) await query.update({ where: { id: known.id }, data });
    else await query.create({ data });
  }
}

/** How many people are in each tier. Index `crm_customers_tier_ix`. */
export const peopleByTierQuery = (db: Database): Knex.QueryBuilder =>
  db('crm_customers').groupBy('tier').select('tier').count({ people: '*' });

/**
 * Where a rule would put everybody, as one statement: rows of `from`, `to`, `locked` and `people`.
 * The highest minimum that is reached decides, as `tierOfFigure` does for one person.
 */
export function movesQuery(
  db: Database,
  rule: TierRule,
  tiers: readonly Pick<Tier, 'key' | 'minimum'>[],
  since: number,
): Knex.QueryBuilder {
  const highestFirst = [...tiers].sort((a, b) => b.minimum - a.minimum);
  const cases = highestFirst.map(() => 'when coalesce(f.figure, 0) >= ? then ?').join(' ');
  const bindings = highestFirst.flatMap(({ key, minimum }) => [minimum, key]);
  const people = db('crm_customers as c')
    .leftJoin(figuresQuery(db, rule.metric, { since }).as('f'), 'f.customer_id', 'c.id')
    .select(
      'c.tier as from',
      db.raw(`case ${cases} end as "to"`, bindings),
      db.raw('coalesce(c.tier_locked, false) as locked'),
    )
    .as('moved');
  return db
    .queryBuilder()
    .from(people)
    .groupBy('from', 'to', 'locked')
    .select('from', 'to', 'locked')
    .count({ people: '*' });
}

/** Of Strapi's own store, which cannot write on a condition: nothing happens when it is another value. */
export async function replaceStored(
  db: Database,
  { key, was, becomes }: { readonly key: string; readonly was: string; readonly becomes: boolean },
): Promise<void> {
  await db('strapi_core_store_settings')
    .where({ key: `plugin_crm_${key}`, value: JSON.stringify(was) })
    .update({ value: JSON.stringify(becomes), type: typeof becomes });
}
