/** The recipe of the customer import: a batch of rows becomes a handful of statements. */
import type { Core } from '@strapi/strapi';

import type { Customer, CustomerFields } from '../../../shared/customers';
import { customerColumns } from '../../../shared/imports';
import { clock, crmConfig, type UnitOfWork } from '../../kernel';
import { customFields } from '../custom-fields';
import { customerChanged, customerCreated, customerImportColumns } from '../index';
import { termLines } from '../domain/search-keys';
import { findByIds, idsOfNumbers, insertCustomerRows, updateCustomers } from '../store/customers';
import { holdersOf } from '../store/identities';
import { changedNames } from '../domain/changed-names';
import { emptyCustomer } from '../domain/empty-customer';
import { newDocumentIds } from '../store/rows';
import { rewriteTerms, writeTermRows } from '../store/search';
import type {
  BatchResult,
  Cells,
  ImportChange,
  ImportContext,
  ImportRecipe,
  ImportRow,
  PeopleReading,
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
import { readPerson } from './read-rows';
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

/** What became of people: those of `fresh` have their ids in `ids`. */
interface WrittenPeople {
  readonly fresh: readonly Person[];
  readonly ids: readonly number[];
  readonly changed: readonly (Person & { readonly before: Customer })[];
}

function changesOf({ ids, changed }: WrittenPeople, now: number): ImportChange[] {
  // Nothing was before; whether anything came after is told by when the row was last written.
  const made = { created: true, before: {}, after: { writtenAt: now } };
  return [
    ...ids.map((subjectId) => ({ subjectId, ...made })),
    ...changed.map((person) => {
      const keys = changedFields(person);
      return {
        subjectId: person.before.id,
        created: false,
        before: valuesOf(person.before, keys),
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
): Promise<WrittenPeople> {
  const fresh = people.filter((person) => !person.before);
  const documentIds = newDocumentIds(fresh.length, now);
  const rows = fresh.map((person) => person.after);
  const ids = await insertCustomerRows(unit.trx, rows, documentIds, now);
  const changed = people.flatMap((person) => {
    const { before } = person;
    return before && changedFields(person).length > 0 ? [{ ...person, before }] : [];
  });
  const updated = changed.map(({ before, after }) => ({ ...before, ...after }));
  await updateCustomers(unit.trx, updated, now);
  await writeIdentities(
    unit,
    [
      ...fresh.map(({ after }, index) => ({ id: ids[index] ?? 0, before: null, after })),
      ...changed.map(({ before, after }) => ({ id: before.id, before, after })),
    ],
    now,
  );
  await writeTermRows(
    unit.trx,
    fresh.map(({ after, terms }, index) => ({
      id: ids[index] ?? 0,
      lines: terms ?? termLines(after),
    })),
  );
  await rewriteTerms(unit.trx, updated);
  return { fresh, ids, changed };
}

async function publishChanges(unit: UnitOfWork, { ids, changed }: WrittenPeople): Promise<void> {
  if (ids.length > 0) await unit.publish(customerCreated, { customerIds: [...ids] });
  if (changed.length > 0) {
    await unit.publish(customerChanged, {
      customerIds: changed.map(({ before }) => before.id),
      fields: [...new Set(changed.flatMap(({ before, after }) => changedNames(before, after)))],
    });
  }
}

const peopleReading = (strapi: Core.Strapi): PeopleReading => ({
  timeZone: crmConfig(strapi).timeZone,
  own: customFields(strapi),
  others: customerImportColumns
    .members(strapi)
    .flatMap((extra) => extra.columns.map(({ key }) => key)),
});

function readRows(strapi: Core.Strapi, rows: readonly ImportRow[]) {
  const extras = customerImportColumns.members(strapi);
  const good: ReadRow[] = [];
  const refused: { line: number; issues: RowIssue[] }[] = [];
  for (const { line, cells, person } of rows) {
    const { fields, terms, issues: own } = person ?? readPerson(cells, peopleReading(strapi));
    const issues = [...own];
    for (const extra of extras) issues.push(...extra.check(cells));
    if (issues.length > 0) refused.push({ line, issues });
    else good.push({ line, fields, terms });
  }
  return { good, refused };
}

/** Whom each line means. */
function idsOfLines(people: readonly Person[], idOf: (person: Person) => number) {
  const ids = new Map<number, number>();
  for (const person of people) for (const line of person.lines) ids.set(line, idOf(person));
  return ids;
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
  const people = await writePeople(unit, merged.people, now);
  await publishChanges(unit, people);
  const ids = new Map(people.fresh.map((person, index) => [person, people.ids[index] ?? 0]));
  const idOf = (person: Person) => person.before?.id ?? ids.get(person) ?? 0;
  await sources.remember(idOf);
  const idOfLine = idsOfLines(merged.people, idOf);
  const written: { customerId: number; cells: Cells }[] = [];
  for (const { line, cells } of rows) {
    const customerId = idOfLine.get(line);
    if (customerId !== undefined) written.push({ customerId, cells });
  }
  for (const extra of customerImportColumns.members(strapi)) {
    await extra.write(unit, written, importId);
  }
  const { created } = merged;
  const updated = merged.updated - sources.overruled;
  const unchanged = merged.unchanged + sources.overruled;
  const changes = changesOf(people, now);
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
    people: peopleReading(strapi),
    needs: [['customerNumber', 'email']],
    tables: ['crm_customers', 'crm_customer_search', 'crm_identities', 'crm_consent_states'],
    begin: (context) => ({ write: (unit, rows) => writeBatch(strapi, unit, rows, context) }),
    undo: (unit, importId, changes) => undoCustomers(strapi, unit, importId, changes),
  };
}
