/** The recipe of the customer import: 1,000 rows become a handful of statements. */
import type { Core } from '@strapi/strapi';

import type { Customer, CustomerFields, IdentityKind } from '../../../shared/customers';
import { customerColumns } from '../../../shared/imports';
import { clock, crmConfig, type UnitOfWork } from '../../kernel';
import { customerChanged, customerCreated, customerImportColumns } from '../index';
import { findByIds, idsOfNumbers, insertCustomers, updateCustomers } from '../store/customers';
import {
  deleteIdentities,
  holdersOf,
  insertIdentities,
  type NewIdentity,
} from '../store/identities';
import { emptyCustomer } from '../domain/empty-customer';
import { rewriteTerms, writeTerms } from '../store/search';
import { BatchRace } from './batch-race';
import type { BatchResult, ImportRecipe, ImportRow, RowIssue } from './import-kind';
import {
  changedFields,
  mergeBatch,
  type KnownPeople,
  type Person,
  type ReadRow,
} from './merge-batch';
import { readCustomer } from './read-customer';

const KEYS: readonly { field: 'email' | 'customerNumber' | 'phone'; kind: IdentityKind }[] = [
  { field: 'email', kind: 'email' },
  { field: 'customerNumber', kind: 'customer-number' },
  { field: 'phone', kind: 'phone' },
];

const texts = (rows: readonly ReadRow[], field: 'email' | 'customerNumber'): string[] => [
  ...new Set(rows.map((row) => row.fields[field]).filter((value) => typeof value === 'string')),
];

async function knownPeople(unit: UnitOfWork, rows: readonly ReadRow[]): Promise<KnownPeople> {
  const numbers = await idsOfNumbers(unit.trx, texts(rows, 'customerNumber'));
  const emails = await holdersOf(unit.trx, 'email', texts(rows, 'email'));
  const ids = [...new Set([...numbers.values(), ...emails.values()])];
  const byId = new Map((await findByIds(unit.trx, ids)).map((known) => [known.id, known]));
  const resolve = (found: ReadonlyMap<string, number>) =>
    new Map(
      [...found].flatMap(([key, id]) => {
        const customer = byId.get(id);
        return customer ? [[key, customer] as const] : [];
      }),
    );
  return { byNumber: resolve(numbers), byEmail: resolve(emails) };
}

/** Identities that `after` has and `before` had not, and those that it gave up. */
function identityChanges(customer: Customer, before: CustomerFields | null) {
  const gained: NewIdentity[] = [];
  const lost: NewIdentity[] = [];
  for (const { field, kind } of KEYS) {
    const [old, value] = [before?.[field] ?? null, customer[field]];
    if (old === value) continue;
    const of = { customerId: customer.id, kind, verifiedAt: null };
    if (old !== null) lost.push({ ...of, value: old });
    if (value !== null) gained.push({ ...of, value });
  }
  return { gained, lost };
}

async function writeIdentities(
  unit: UnitOfWork,
  people: readonly { customer: Customer; before: CustomerFields | null }[],
  now: number,
): Promise<void> {
  const changes = people.map(({ customer, before }) => identityChanges(customer, before));
  await deleteIdentities(
    unit.trx,
    changes.flatMap((change) => change.lost),
  );
  const gained = changes.flatMap((change) => change.gained);
  await insertIdentities(unit.trx, gained, now);
  // Someone may have registered with the same address since we looked.
  const emails = gained.filter((identity) => identity.kind === 'email');
  const holders = await holdersOf(
    unit.trx,
    'email',
    emails.map((identity) => identity.value),
  );
  if (emails.some(({ value, customerId }) => holders.get(value) !== customerId)) {
    throw new BatchRace();
  }
}

/** Writes what the merged batch says; answers the customer id of every line. */
async function writePeople(
  unit: UnitOfWork,
  people: readonly Person[],
  now: number,
): Promise<Map<number, number>> {
  const fresh = people.filter((person) => !person.before);
  const created = await insertCustomers(
    unit.trx,
    fresh.map((person) => person.after),
    now,
  );
  const changed = people.filter((person) => changedFields(person).length > 0);
  const updated = changed.map((person) => ({ ...(person.before as Customer), ...person.after }));
  await updateCustomers(unit.trx, updated, now);
  await writeIdentities(
    unit,
    [
      ...created.map((customer) => ({ customer, before: null })),
      ...updated.map((customer, index) => ({ customer, before: changed[index]?.before ?? null })),
    ],
    now,
  );
  await writeTerms(unit.trx, created);
  await rewriteTerms(unit.trx, updated);
  await publishChanges(unit, created, changed);
  const idOf = new Map<Person, number>();
  fresh.forEach((person, index) => idOf.set(person, created[index]?.id ?? 0));
  return new Map(
    people.flatMap((person) => {
      const id = person.before?.id ?? idOf.get(person) ?? 0;
      return person.lines.map((line) => [line, id] as const);
    }),
  );
}

async function publishChanges(
  unit: UnitOfWork,
  created: readonly Customer[],
  changed: readonly Person[],
): Promise<void> {
  if (created.length > 0) {
    await unit.publish(customerCreated, { customerIds: created.map((customer) => customer.id) });
  }
  if (changed.length > 0) {
    await unit.publish(customerChanged, {
      customerIds: changed.flatMap((person) => (person.before ? [person.before.id] : [])),
      fields: [...new Set(changed.flatMap(changedFields))],
    });
  }
}

function readRows(strapi: Core.Strapi, rows: readonly ImportRow[]) {
  const { timeZone } = crmConfig(strapi);
  const extras = customerImportColumns.members(strapi);
  const good: ReadRow[] = [];
  const refused: { line: number; issues: RowIssue[] }[] = [];
  for (const { line, cells } of rows) {
    const read = readCustomer(cells, timeZone);
    const issues = [...read.issues, ...extras.flatMap((extra) => extra.check(cells))];
    if (issues.length > 0) refused.push({ line, issues });
    else good.push({ line, fields: read.fields });
  }
  return { good, refused };
}

async function writeBatch(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  rows: readonly ImportRow[],
): Promise<BatchResult> {
  const now = clock(strapi).now().getTime();
  const { good, refused } = readRows(strapi, rows);
  const known = await knownPeople(unit, good);
  const merged = mergeBatch(good, known, { ...emptyCustomer, registeredAt: now });
  const idOfLine = await writePeople(unit, merged.people, now);
  const written = rows.flatMap(({ line, cells }) => {
    const customerId = idOfLine.get(line);
    return customerId === undefined ? [] : [{ customerId, cells }];
  });
  for (const extra of customerImportColumns.members(strapi)) await extra.write(unit, written);
  const { created, updated, unchanged } = merged;
  return { created, updated, unchanged, refused: [...refused, ...merged.refused] };
}

export function customerRecipe(strapi: Core.Strapi): ImportRecipe {
  const extras = customerImportColumns.members(strapi);
  return {
    kind: 'customers',
    columns: [...customerColumns, ...extras.flatMap((extra) => extra.columns)],
    needs: [['customerNumber', 'email']],
    tables: ['crm_customers', 'crm_customer_search', 'crm_identities', 'crm_consent_states'],
    begin: () => (unit, rows) => writeBatch(strapi, unit, rows),
  };
}
