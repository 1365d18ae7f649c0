/** What the record shows of the sources of its values. */
import type { Core } from '@strapi/strapi';
import type { z } from 'zod';

import type { Customer } from '../../../shared/customers';
import type { originSchema, RecordSources } from '../../../shared/field-sources';
import { database } from '../../kernel';
import { valueOf, type Origin } from '../domain/field-sources';
import { activeStaff } from '../store/choices';
import { fileNames, historyOf, originsOf } from '../store/origins';

const EVENTS = 100;

type NamedOrigin = z.infer<typeof originSchema>;

async function namer(strapi: Core.Strapi, origins: readonly (Origin | null)[]) {
  const db = database(strapi);
  const refs = (source: Origin['source']) =>
    new Set(origins.flatMap((each) => (each?.source === source && each.ref ? [each.ref] : [])));
  const files = await fileNames(db, [...refs('import')].map(Number));
  const needsStaff = refs('staff').size > 0;
  const staff = new Map(
    (needsStaff ? await activeStaff(db) : []).map(({ id, name }) => [String(id), name]),
  );
  const nameOf = ({ source, ref }: Origin): string | null => {
    if (ref === null) return null;
    if (source === 'staff') return staff.get(ref) ?? null;
    return source === 'import' ? (files.get(ref) ?? null) : null;
  };
  return (origin: Origin | null): NamedOrigin | null => origin && { ...origin, by: nameOf(origin) };
}

export async function recordSources(
  strapi: Core.Strapi,
  customer: Customer,
): Promise<RecordSources> {
  const db = database(strapi);
  const origins = (await originsOf(db, [customer.id])).get(customer.id) ?? {};
  const history = await historyOf(db, customer.id, EVENTS);
  const named = await namer(strapi, [
    ...Object.values(origins),
    ...history.flatMap(({ origin, replaced }) => [
      origin,
      ...Object.values(replaced).map(([, of]) => of),
    ]),
  ]);
  return {
    fields: Object.entries(origins).map(([field, origin]) => ({
      field,
      value: valueOf(customer, field),
      origin: named(origin),
    })),
    history: history.map(({ id, at, origin, replaced, refused }) => ({
      id,
      at,
      origin: named(origin),
      replaced: Object.entries(replaced).map(([field, [value, of]]) => ({
        field,
        value,
        origin: named(of),
      })),
      refused: Object.entries(refused).map(([field, value]) => ({ field, value })),
    })),
  };
}
