/** Settles a change of records by where its values come from. Two steps, as ids may come between. */
import type { Core } from '@strapi/strapi';

import type { Customer, CustomerFields } from '../../../shared/customers';
import { clock, type UnitOfWork } from '../../kernel';
import { rule, type Origin, type Origins, type Ruling } from '../domain/field-sources';
import { insertHistory, originsOf, writeOrigins } from '../store/origins';
import { sourceOrder } from './order';

/** A record as it was, null for a new one, and as somebody wants it. */
export interface WantedChange {
  readonly before: Customer | null;
  readonly after: CustomerFields;
}

const NOTHING: Origins = {};

/** In the order of `changes`; reads one row for each known record, and writes nothing. */
export async function settle(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  changes: readonly WantedChange[],
  origin: Origin | null,
): Promise<Ruling[]> {
  const known = changes.flatMap(({ before }) => (before ? [before.id] : []));
  const held = await originsOf(unit.trx, known);
  const order = held.size > 0 ? await sourceOrder(strapi) : undefined;
  return changes.map(({ before, after }) =>
    rule({ before, after, held: (before && held.get(before.id)) ?? NOTHING }, origin, order),
  );
}

const saysSomething = (part: object): boolean => {
  for (const _ in part) return true;
  return false;
};

/** Writes down what was settled, now that every record has its id: two statements at most. */
export async function remember(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  settled: readonly { readonly customerId: number; readonly ruling: Ruling }[],
  origin: Origin | null,
): Promise<void> {
  const all = settled.map(({ customerId, ruling }) => ({ customerId, ...ruling }));
  await writeOrigins(unit.trx, origin ? all : all.filter((each) => saysSomething(each.replaced)));
  const told = all.filter((each) => saysSomething(each.replaced) || saysSomething(each.refused));
  await insertHistory(unit.trx, told, { origin, now: clock(strapi).now().getTime() });
}
