/** Every field that rules may ask about: the family of this feature, then those of later features. */
import type { Core } from '@strapi/strapi';

import type { SegmentCondition } from '../condition';
import { segmentConditions } from '../index';
import { behaviourConditions } from './behaviour';
import { consentConditions } from './consent';
import { customerConditions } from './customer';
import { orderConditions } from './orders';
import { reachConditions } from './reach';
import { nestedConditions } from './segment';
import { subscriptionConditions } from './subscriptions';

const built = new WeakMap<object, ReadonlyMap<string, SegmentCondition>>();

/** By field. Two features that claim the same field are a bug and throw. */
export function conditionTable(strapi: Core.Strapi): ReadonlyMap<string, SegmentCondition> {
  const existing = built.get(strapi);
  if (existing) return existing;
  const table = new Map<string, SegmentCondition>();
  for (const condition of [
    ...customerConditions(strapi),
    ...reachConditions,
    ...consentConditions,
    ...orderConditions,
    ...subscriptionConditions,
    ...behaviourConditions,
    ...nestedConditions,
    ...segmentConditions.members(strapi),
  ]) {
    if (table.has(condition.field)) throw new Error(`Two conditions ask about ${condition.field}`);
    table.set(condition.field, condition);
  }
  built.set(strapi, table);
  return table;
}
