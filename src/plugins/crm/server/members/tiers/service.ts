import type { Core } from '@strapi/strapi';

import { commerceService } from '../../commerce';
import { customerChanged, type Customer } from '../../customers';
import { clock, database, inTransaction, type Locale } from '../../kernel';
import type { TiersService } from '../index';
import { insertMemberEvents } from '../store/events';
import { nextTier, tierOfSpend, type Tier } from './domain';
import { idsAboveTier, listTiers, setTier, unlockedTiers } from './store';

const YEAR_MS = 365 * 86_400_000;
const BATCH = 500;

const yearAgo = (strapi: Core.Strapi) => new Date(clock(strapi).now().getTime() - YEAR_MS);

export function createTiersService({ strapi }: { strapi: Core.Strapi }): TiersService {
  return {
    async recalculate(customerIds) {
      const tiers = await listTiers(strapi);
      for (let start = 0; start < customerIds.length; start += BATCH) {
        await recalculateBatch(strapi, tiers, customerIds.slice(start, start + BATCH));
      }
    },
  };
}

interface Move {
  readonly id: number;
  readonly from: string | null;
  readonly to: Tier;
}

async function recalculateBatch(
  strapi: Core.Strapi,
  tiers: readonly Tier[],
  ids: readonly number[],
): Promise<void> {
  const spent = await commerceService(strapi).totalsOf(ids, yearAgo(strapi));
  const rows = await unlockedTiers(database(strapi), ids);
  const moves = rows.flatMap<Move>(({ id, tier }) => {
    const to = tierOfSpend(tiers, spent.get(id)?.spent ?? 0);
    return to && to.key !== tier ? [{ id, from: tier, to }] : [];
  });
  if (moves.length === 0) return;
  const at = clock(strapi).now().getTime();
  await inTransaction(strapi, async (unit) => {
    for (const tier of tiers) {
      const moved = moves.filter((move) => move.to.key === tier.key).map((move) => move.id);
      await setTier(unit.trx, moved, tier.key);
    }
    await insertMemberEvents(
      unit.trx,
      moves.map(({ id, from, to }) => ({
        customerId: id,
        type: 'tier-changed' as const,
        at,
        detail: { from, to: to.key, name: to.name },
      })),
    );
    const customerIds = moves.map((move) => move.id);
    await unit.publish(customerChanged, { customerIds, fields: ['tier'] });
  });
}

/** What was spent falls out of the twelve months by itself: looked at once a day. */
export async function sweepTiers(strapi: Core.Strapi): Promise<void> {
  const tiers = await listTiers(strapi);
  const [lowest] = tiers;
  if (!lowest) return;
  for (let after = 0; ;) {
    const ids = await idsAboveTier(database(strapi), lowest.key, { after, limit: BATCH });
    if (ids.length === 0) return;
    await recalculateBatch(strapi, tiers, ids);
    after = ids.at(-1) ?? after;
  }
}

/** Where a member stands, in her words. */
export interface Standing {
  readonly key: string;
  readonly name: string;
  readonly color: string | null;
  readonly spent: number;
  /** False when staff fixed the tier by hand. */
  readonly bySpend: boolean;
  readonly next: { readonly name: string; readonly missing: number; readonly share: number } | null;
}

export async function standingOf(
  strapi: Core.Strapi,
  customer: Pick<Customer, 'id' | 'tier' | 'tierLocked'>,
  locale: Locale,
): Promise<Standing> {
  const tiers = await listTiers(strapi);
  const totals = await commerceService(strapi).totalsOf([customer.id], yearAgo(strapi));
  const spent = totals.get(customer.id)?.spent ?? 0;
  const nameOf = (tier: Tier) => (locale === 'en' ? (tier.nameEn ?? tier.name) : tier.name);
  const current = tiers.find((tier) => tier.key === customer.tier);
  const next = current && !customer.tierLocked ? nextTier(tiers, current, spent) : null;
  return {
    key: customer.tier,
    name: current ? nameOf(current) : customer.tier,
    color: current?.color ?? null,
    spent,
    bySpend: !customer.tierLocked,
    next: next
      ? {
          name: nameOf(next.tier),
          missing: next.missing,
          share: Math.round((spent / next.tier.minimumYearlySpend) * 100),
        }
      : null,
  };
}
