/** Who is in which tier: by rule, unless a person has fixed it. */
import type { Core } from '@strapi/strapi';

import type { TierMetric, TierRule } from '../../../shared/tiers';
import { customerChanged, type Customer } from '../../customers';
import { clock, database, inTransaction, type Locale } from '../../kernel';
import type { TiersService } from '../index';
import { insertMemberEvents } from '../store/events';
import { nextTier, tierOfFigure, type Tier } from './domain';
import { figuresOf } from './metrics/store';
import { currentRule, sinceOf } from './rule';
import { customerIdsPage, holdUnlocked, listTiers, setTier } from './store';

const BATCH = 500;

interface InForce {
  readonly rule: TierRule;
  readonly tiers: readonly Tier[];
  readonly since: number;
}

async function inForce(strapi: Core.Strapi): Promise<InForce> {
  const rule = await currentRule(strapi);
  return { rule, tiers: await listTiers(strapi), since: sinceOf(strapi, rule) };
}

export function createTiersService({ strapi }: { strapi: Core.Strapi }): TiersService {
  return {
    async recalculate(customerIds) {
      const current = await inForce(strapi);
      for (let start = 0; start < customerIds.length; start += BATCH) {
        await recalculateBatch(strapi, current, customerIds.slice(start, start + BATCH));
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
  { rule, tiers, since }: InForce,
  customerIds: readonly number[],
): Promise<void> {
  const at = clock(strapi).now().getTime();
  await inTransaction(strapi, async (unit) => {
    // Held while they are looked at: of two orders at once, the second sees both, and nobody whose
    // tier is being fixed by hand is moved.
    const rows = await holdUnlocked(unit.trx, customerIds);
    const figures = await figuresOf(unit.trx, rule.metric, { since, customerIds });
    const moves = rows.flatMap<Move>(({ id, tier }) => {
      const to = tierOfFigure(tiers, figures.get(id) ?? 0);
      return to && to.key !== tier ? [{ id, from: tier, to }] : [];
    });
    if (moves.length === 0) return;
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
        detail: { from, to: to.key, name: to.name, cause: 'rule' },
      })),
    );
    const ids = moves.map((move) => move.id);
    await unit.publish(customerChanged, { customerIds: ids, fields: ['tier'] });
  });
}

/** Everybody, after the rule changed. */
export async function recalculateEverybody(strapi: Core.Strapi): Promise<void> {
  await recalculatePages(strapi, {});
}

/** What was done falls out of the period by itself: looked at once a day. */
export async function sweepTiers(strapi: Core.Strapi): Promise<void> {
  const [lowest] = await listTiers(strapi);
  if (lowest) await recalculatePages(strapi, { above: lowest.key });
}

async function recalculatePages(strapi: Core.Strapi, which: { above?: string }): Promise<void> {
  for (let after = 0; ;) {
    const page = { ...which, after, limit: BATCH };
    const ids = await customerIdsPage(database(strapi), page);
    if (ids.length === 0) return;
    // Read anew: whoever saves meanwhile must not be overwritten by the rule of before.
    await recalculateBatch(strapi, await inForce(strapi), ids);
    after = ids.at(-1) ?? after;
  }
}

/** Where a member stands, in her words. */
export interface Standing {
  readonly key: string;
  readonly name: string;
  readonly color: string | null;
  readonly metric: TierMetric;
  /** Over so many calendar months; null: of all time. */
  readonly months: number | null;
  readonly figure: number;
  /** False when staff fixed the tier by hand. */
  readonly byRule: boolean;
  readonly next: { readonly name: string; readonly missing: number; readonly share: number } | null;
}

export const tierName = (tier: Tier, locale: Locale): string =>
  locale === 'en' ? (tier.nameEn ?? tier.name) : tier.name;

export async function standingOf(
  strapi: Core.Strapi,
  customer: Pick<Customer, 'id' | 'tier' | 'tierLocked'>,
  locale: Locale,
): Promise<Standing> {
  const { rule, tiers, since } = await inForce(strapi);
  const which = { since, customerIds: [customer.id] };
  const figure = (await figuresOf(database(strapi), rule.metric, which)).get(customer.id) ?? 0;
  const current = tiers.find((tier) => tier.key === customer.tier);
  const next = current && !customer.tierLocked ? nextTier(tiers, current, figure) : null;
  return {
    key: customer.tier,
    name: current ? tierName(current, locale) : customer.tier,
    color: current?.color ?? null,
    metric: rule.metric,
    months: rule.months,
    figure,
    byRule: !customer.tierLocked,
    next: next
      ? {
          name: tierName(next.tier, locale),
          missing: next.missing,
          share: Math.round((figure / next.tier.minimum) * 100),
        }
      : null,
  };
}
