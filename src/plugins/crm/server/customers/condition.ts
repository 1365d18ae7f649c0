/** What a person asked of the list, as the store understands it. */
import type { Core } from '@strapi/strapi';

import { database } from '../kernel';
import { searchPrefixes } from './domain/search-keys';
import { customerFilters, type CustomerFilter } from './extensions';
import type { CustomerConditions } from './index';
import type { ListCondition } from './store/narrowing';

/** Null: nobody can match. */
export function conditionOf(strapi: Core.Strapi, query: CustomerConditions): ListCondition | null {
  const text = query.text?.trim() ?? '';
  const prefixes = searchPrefixes(text);
  // A text without one searchable character finds nobody, not everybody.
  if (text !== '' && prefixes.length === 0) return null;
  const among = [];
  const filters = customerFilters.members(strapi);
  const isBroad = ({ isBroad = false }: CustomerFilter) => isBroad;
  const inTurn = [...filters.filter((one) => !isBroad(one)), ...filters.filter(isBroad)];
  for (const filter of inTurn) {
    const value = query[filter.key];
    if (value === undefined) continue;
    const ids = filter.matching(value, database(strapi));
    if (!ids) return null;
    among.push(ids);
  }
  const { tier, lifecycle, owner } = query;
  return {
    prefixes,
    tier,
    lifecycle,
    ...(owner === undefined ? {} : { owner: owner === 'none' ? null : Number(owner) }),
    among,
  };
}
