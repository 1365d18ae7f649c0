/** The recipe of the customer import: 1,000 rows become a handful of statements. */
import type { Core } from '@strapi/strapi';

import type { Customer, CustomerFields } from '../../../shared/customers';
import { customerColumns } from '../../../shared/imports';
import { clock, crmConfig, type UnitOfWork } from '../../kernel';
import { customFields } from '../custom-fields';
import { customerChanged, customerCreated, customerImportColumns } from '../index';
import { findByIds, idsOfNumbers, insertCustomers, updateCustomers } from '../store/customers';
import { holdersOf } from '../store/identities';
import { changedNames } from '../domain/changed-names';
import { emptyCustomer } from '../domain/empty-customer';
import { rewriteTerms, writeTerms } from '../store/search';
import type {
  BatchResult,
  ImportChange,
  ImportContext,
  ImportRecipe,
  ImportRow,
  RowIssue,
} from './import-kind';
import {
  changedFields,
  mergeBatch,
  type KnownPeople,
  type Person,
  type ReadRow,
} from './merge-batch';
import { importPresets } from './presets/table';
import { writeIdentities } from './write-identities';
import { readCustomer } from './read-customer';
import { settleImport } from './settle-sources';
import { undoCustomers } from './undo-customers';

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

const valuesOf = (fields: CustomerFields, keys: readonly (keyof CustomerFields)[]) =>
  Object.fromEntries(keys.map((key) => [key, fields[key]]));

function changesOf(created: readonly Customer[], changed: readonly Person[]): ImportChange[] {
  return [
    // Nothing was before; whether anything came after is told by when the row was last written.
    ...created.map(({ id, createdAt }) => ({
      subjectId: id,
      created: true,
      before: {},
      after: { writtenAt: createdAt },
    })),
    ...changed.map((person) => {
      const keys = changedFields(person);
      const before = person.before as Customer;
      return {
        subjectId: before.id,
        created: false,
        before: valuesOf(before, keys),
        after: valuesOf(person.after, keys),
      };
    }),
  ];
}

/** Writes what the merged batch says. */
async function writePeople(
  unit: UnitOfWork,
  people: readonly Person[],
  now: number,
): Promise<{ idOf: (person: Person) => number; changes: ImportChange[] }> {
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
  const ids = new Map<Person, number>();
  fresh.forEach((person, index) => ids.set(person, created[index]?.id ?? 0));
  const idOf = (person: Person) => person.before?.id ?? ids.get(person) ?? 0;
  return { idOf, changes: changesOf(created, changed) };
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
      fields: [
        ...new Set(
          changed.flatMap(({ before, after }) => (before ? changedNames(before, after) : [])),
        ),
      ],
    });
  }
}

function readRows(strapi: Core.Strapi, rows: readonly ImportRow[]) {
  const { timeZone } = crmConfig(strapi);
  const own = customFields(strapi);
  const extras = customerImportColumns.members(strapi);
  const good: ReadRow[] = [];
  const refused: { line: number; issues: RowIssue[] }[] = [];
  for (const { line, cells } of rows) {
    const read = readCustomer(cells, timeZone, own);
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
  { importId, policy }: ImportContext,
): Promise<BatchResult> {
  const now = clock(strapi).now().getTime();
  const { good, refused } = readRows(strapi, rows);
  const known = await knownPeople(unit, good);
  const blank = { ...emptyCustomer, registeredAt: now };
  const merged = mergeBatch(good, known, blank, policy);
  const sources = await settleImport(strapi, unit, merged.people, { importId, now });
  const { idOf, changes } = await writePeople(unit, merged.people, now);
  await sources.remember(idOf);
  const idOfLine = new Map(
    merged.people.flatMap((person) => person.lines.map((line) => [line, idOf(person)] as const)),
  );
  const written = rows.flatMap(({ line, cells }) => {
    const customerId = idOfLine.get(line);
    return customerId === undefined ? [] : [{ customerId, cells }];
  });
  for (const extra of customerImportColumns.members(strapi)) {
    await extra.write(unit, written, importId);
  }
  const { created } = merged;
  const updated = merged.updated - sources.overruled;
  const unchanged = merged.unchanged + sources.overruled;
  return { created, updated, unchanged, changes, refused: [...refused, ...merged.refused] };
}

export function customerRecipe(strapi: Core.Strapi): ImportRecipe {
  const extras = customerImportColumns.members(strapi);
  return {
    kind: 'customers',
    columns: [
      ...customerColumns,
      ...customFields(strapi).map(({ name }) => ({ key: `custom.${name}`, headings: [name] })),
      ...extras.flatMap((extra) => extra.columns),
    ],
    presets: importPresets,
    needs: [['customerNumber', 'email']],
    tables: ['crm_customers', 'crm_customer_search', 'crm_identities', 'crm_consent_states'],
    begin: (context) => ({ write: (unit, rows) => writeBatch(strapi, unit, rows, context) }),
    undo: (unit, importId, changes) => undoCustomers(strapi, unit, importId, changes),
  };
}
