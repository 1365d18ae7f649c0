/** Takes back what an import did to people, unless somebody has changed or used it since. */
import type { Core } from '@strapi/strapi';

import type { Customer, CustomerFields } from '../../../shared/customers';
import { clock, type UnitOfWork } from '../../kernel';
import { changedNames } from '../domain/changed-names';
import { withoutChanged } from '../domain/field-sources';
import { customerChanged, customerImportColumns, customerLinks } from '../index';
import { deleteCustomers, findByIds, idsWrittenAt, updateCustomers } from '../store/customers';
import { knownIn } from '../store/links';
import { deleteOrigins, originsOf, writeOrigins } from '../store/origins';
import { deleteTerms, rewriteTerms } from '../store/search';
import { deleteIdentitiesOf, verifiedAmong } from '../store/identities';
import type { ImportChange, UndoneBatch } from './import-kind';
import { writeIdentities } from './write-identities';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Fields that still are as the import left them, with what they were before. */
function restored(now: Customer, change: ImportChange): Partial<CustomerFields> {
  const untouched = Object.keys(change.before).filter((key) =>
    same(now[key as keyof CustomerFields], change.after[key]),
  );
  return Object.fromEntries(untouched.map((key) => [key, change.before[key]]));
}

/** Of people the import made, those whose rows nobody has written since. */
async function untouched(
  unit: UnitOfWork,
  changes: readonly ImportChange[],
): Promise<ReadonlySet<number>> {
  const made = changes.filter((change) => change.created);
  const byMoment = new Map<number, number[]>();
  for (const { subjectId, after } of made) {
    const at = Number(after.writtenAt);
    const people = byMoment.get(at) ?? [];
    people.push(subjectId);
    byMoment.set(at, people);
  }
  const ids = new Set<number>();
  for (const [at, people] of byMoment) {
    for (const id of await idsWrittenAt(unit.trx, people, at)) ids.add(id);
  }
  return ids;
}

/** Of people the import made, those of whom nothing else is known. */
async function removable(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  people: readonly Customer[],
): Promise<Customer[]> {
  const ids = people.map((person) => person.id);
  const used = new Set(await verifiedAmong(unit.trx, ids));
  const tables = customerLinks.members(strapi).flatMap(({ holds }) => holds ?? []);
  for (const id of await knownIn(unit.trx, tables, ids)) used.add(id);
  return people.filter((person) => !used.has(person.id));
}

export async function undoCustomers(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  importId: number,
  changes: readonly ImportChange[],
): Promise<UndoneBatch> {
  const ids = [...new Set(changes.map((change) => change.subjectId))];
  const known = new Map((await findByIds(unit.trx, ids)).map((person) => [person.id, person]));
  for (const extra of customerImportColumns.members(strapi)) {
    await extra.undo?.(unit, ids, importId);
  }
  const before = new Map(known);
  const asMade = await untouched(unit, changes);
  let kept = 0;
  const made: Customer[] = [];
  for (const change of changes) {
    const person = known.get(change.subjectId);
    if (!person) continue;
    if (change.created) {
      if (asMade.has(person.id)) made.push(person);
      else kept += 1;
      continue;
    }
    const back = restored(person, change);
    if (Object.keys(back).length < Object.keys(change.before).length) kept += 1;
    known.set(person.id, { ...person, ...back });
  }
  const gone = await removable(strapi, unit, made);
  kept += made.length - gone.length;
  await remove(strapi, unit, gone);
  const removed = new Set(gone.map((person) => person.id));
  const changed = [...known.values()].filter(
    (person) => !removed.has(person.id) && !same(before.get(person.id), person),
  );
  await restore(strapi, unit, changed, before);
  return { undone: changes.length - kept, kept };
}

async function remove(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  people: readonly Customer[],
): Promise<void> {
  const ids = people.map((person) => person.id);
  if (ids.length === 0) return;
  for (const links of customerLinks.members(strapi)) await links.removed?.(unit, ids);
  await deleteTerms(unit.trx, ids);
  await deleteIdentitiesOf(unit.trx, ids);
  await deleteOrigins(unit.trx, ids);
  await deleteCustomers(unit.trx, ids);
}

/** Of values that are back as they were, nobody says where they came from. */
async function forgetRestored(
  unit: UnitOfWork,
  people: readonly Customer[],
  before: ReadonlyMap<number, Customer>,
): Promise<void> {
  const ids = people.map((person) => person.id);
  const known = await originsOf(unit.trx, ids);
  const left = people.flatMap((person) => {
    const [origins, old] = [known.get(person.id), before.get(person.id)];
    if (!origins || !old) return [];
    return [{ customerId: person.id, origins: withoutChanged(origins, old, person) }];
  });
  await writeOrigins(unit.trx, left);
}

async function restore(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  people: readonly Customer[],
  before: ReadonlyMap<number, Customer>,
): Promise<void> {
  if (people.length === 0) return;
  const now = clock(strapi).now().getTime();
  await updateCustomers(unit.trx, people, now);
  await forgetRestored(unit, people, before);
  const told = people.map((after) => ({
    id: after.id,
    before: before.get(after.id) ?? null,
    after,
  }));
  await writeIdentities(unit, told, now);
  await rewriteTerms(unit.trx, people);
  const fields = told.flatMap(({ before: old, after }) => (old ? changedNames(old, after) : []));
  const customerIds = people.map((person) => person.id);
  await unit.publish(customerChanged, { customerIds, fields: [...new Set(fields)] });
}
