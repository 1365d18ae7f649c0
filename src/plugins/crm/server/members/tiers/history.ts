/** Every change of a tier, whoever made it, and setting one by hand. */
import type { Core } from '@strapi/strapi';

import type { TierChange } from '../../../shared/tiers';
import { customersService } from '../../customers';
import { clock, database, inTransaction, refuse, success, type Result } from '../../kernel';
import { tiersService, type Actor } from '../index';
import { insertMemberEvents, lastTierOf, memberEventsOfTypes } from '../store/events';
import { listTiers, tiersOf } from './store';

const SHOWN = 50;

export async function tierHistory(strapi: Core.Strapi, customerId: number): Promise<TierChange[]> {
  const types = ['tier-changed'] as const;
  const events = await memberEventsOfTypes(database(strapi), customerId, types, SHOWN);
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return events.map(({ id, at, detail }) => ({
    id,
    at,
    from: text(detail.from),
    to: text(detail.to) ?? '',
    cause: detail.cause === 'person' ? 'person' : 'rule',
    by: text(detail.by),
  }));
}

/** Fixes a tier, or gives the person back to the rule, which then decides at once. */
export async function setTierByHand(
  strapi: Core.Strapi,
  customerId: number,
  wish: { tier: string; locked: boolean },
  actor: Actor,
): Promise<Result<true>> {
  const tier = (await listTiers(strapi)).find(({ key }) => key === wish.tier);
  if (!tier) return refuse('members.tier-unknown', 404);
  const before = await customersService(strapi).find(customerId);
  if (!before) return refuse('kernel.not-found', 404);
  const done = await inTransaction(strapi, async (unit) => {
    const patch = { tier: tier.key, tierLocked: wish.locked };
    const updated = await customersService(strapi).update(unit, customerId, patch);
    if (!updated.ok || before.tier === tier.key) return updated;
    const detail = {
      from: before.tier,
      to: tier.key,
      name: tier.name,
      cause: 'person',
      by: actor.name,
    };
    const at = clock(strapi).now().getTime();
    await insertMemberEvents(unit.trx, [{ customerId, type: 'tier-changed', at, detail }]);
    return updated;
  });
  if (!done.ok) return done;
  if (!wish.locked) await tiersService(strapi).recalculate([customerId]);
  return success(true);
}

/**
 * A tier that changed past the rule and this screen: an import, the Content Manager, the record's
 * form. Compared with the history, so that looking twice writes once.
 */
export async function noteChangedTiers(
  strapi: Core.Strapi,
  customerIds: readonly number[],
): Promise<void> {
  const tiers = await listTiers(strapi);
  const current = await tiersOf(database(strapi), customerIds);
  const known = await lastTierOf(database(strapi), customerIds);
  const at = clock(strapi).now().getTime();
  const events = current.flatMap(({ id, tier }) => {
    const from = known.get(id) ?? tiers[0]?.key ?? null;
    if (tier === null || tier === from) return [];
    const name = tiers.find(({ key }) => key === tier)?.name ?? tier;
    const detail = { from, to: tier, name, cause: 'person', by: null };
    return [{ customerId: id, type: 'tier-changed' as const, at, detail }];
  });
  await insertMemberEvents(database(strapi), events);
}
