import type { Core } from '@strapi/strapi';

import { chunked, type Database } from '../../kernel';
import { memberTierUid } from './content-type';
import type { Tier } from './domain';

const SEEDS: readonly Tier[] = [
  {
    key: 'regular',
    name: 'レギュラー',
    nameEn: 'Regular',
    minimumYearlySpend: 0,
    color: '#6B7280',
  },
  {
    key: 'silver',
    name: 'シルバー',
    nameEn: 'Silver',
    minimumYearlySpend: 10_000,
    color: '#8A9BA8',
  },
  { key: 'gold', name: 'ゴールド', nameEn: 'Gold', minimumYearlySpend: 30_000, color: '#B8860B' },
  {
    key: 'platinum',
    name: 'プラチナ',
    nameEn: 'Platinum',
    minimumYearlySpend: 60_000,
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

/** Whose tier no person has fixed. */
export async function unlockedTiers(db: Database, ids: readonly number[]): Promise<TierRow[]> {
  const found: TierRow[] = [];
  for (const part of chunked(ids)) {
    const rows: TierRow[] = await db('crm_customers')
      .whereIn('id', part)
      .where((where) => where.where('tier_locked', false).orWhereNull('tier_locked'))
      .select('id', 'tier');
    found.push(...rows.map((row) => ({ id: Number(row.id), tier: row.tier })));
  }
  return found;
}

/** Index `crm_customers_tier_ix`. Those above the lowest tier, whom time alone may move down. */
export async function idsAboveTier(
  db: Database,
  lowest: string,
  page: { after: number; limit: number },
): Promise<number[]> {
  const rows: { id: number }[] = await db('crm_customers')
    .whereNot({ tier: lowest })
    .where('id', '>', page.after)
    .orderBy('id')
    .limit(page.limit)
    .select('id');
  return rows.map((row) => Number(row.id));
}

export async function setTier(db: Database, ids: readonly number[], tier: string): Promise<void> {
  for (const part of chunked(ids)) await db('crm_customers').whereIn('id', part).update({ tier });
}
