/** Two records that are one person: put together, and parted again. */
import type { Core } from '@strapi/strapi';

import type { CustomerMerge } from '../../../shared/customer-merge';
import type { Customer, CustomerFields } from '../../../shared/customers';
import { clock, inTransaction, refuse, success, type Result, type UnitOfWork } from '../../kernel';
import { changedNames } from '../domain/changed-names';
import { mergedOrigins, withoutChanged } from '../domain/field-sources';
import { mergedFields } from '../domain/merged-fields';
import { customerChanged, customerCreated, customerLinks, customersMerged } from '../index';
import { deleteCustomers, findByIds, reinsertCustomer, updateCustomers } from '../store/customers';
import { identitiesOf, moveIdentities } from '../store/identities';
import {
  findMerge,
  hasLaterMerge,
  insertMerge,
  markUndone,
  type MergeRecord,
} from '../store/merges';
import { originsOf, writeOrigins } from '../store/origins';
import { deleteTerms, rewriteTerms } from '../store/search';

const nameOf = ({ familyName, givenName, email, customerNumber }: Customer): string =>
  [familyName, givenName].filter(Boolean).join(' ') || email || customerNumber || '';

async function isTwoLogins(unit: UnitOfWork, from: number, into: number): Promise<boolean> {
  const held = await Promise.all([identitiesOf(unit.trx, from), identitiesOf(unit.trx, into)]);
  return held.every((identities) => identities.some(({ kind }) => kind === 'member'));
}

async function moveLinks(strapi: Core.Strapi, unit: UnitOfWork, from: number, into: number) {
  const moved: Record<string, unknown> = {};
  for (const links of customerLinks.members(strapi)) {
    moved[links.key] = await links.move(unit, from, into);
  }
  return moved;
}

async function mergeIn(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  pair: { readonly from: number; readonly into: number },
  staffId: number | null,
): Promise<Result<CustomerMerge>> {
  const { from, into } = pair;
  const people = new Map((await findByIds(unit.trx, [from, into])).map((one) => [one.id, one]));
  const [gone, stays] = [people.get(from), people.get(into)];
  if (!gone || !stays || from === into) return refuse('customers.not-found', 404);
  if (await isTwoLogins(unit, from, into)) return refuse('customers.merge.two-logins', 409);
  const now = clock(strapi).now().getTime();
  const fields = mergedFields(stays, gone);
  const after: Customer = { ...stays, ...fields };
  const moved = await moveLinks(strapi, unit, from, into);
  const identities = (await identitiesOf(unit.trx, from)).map(({ id }) => id);
  await moveIdentities(unit.trx, identities, into);
  await deleteTerms(unit.trx, [from]);
  await deleteCustomers(unit.trx, [from]);
  await updateCustomers(unit.trx, [after], now);
  await mergeOrigins(unit, { stays, gone, after });
  await rewriteTerms(unit.trx, [after]);
  const record: MergeRecord = { before: stays, after, gone, identities, moved };
  const told = { from, into, name: nameOf(gone), at: now };
  const merge = await insertMerge(unit.trx, told, record, staffId);
  await unit.publish(customersMerged, { from, into });
  await publishChange(unit, stays, after);
  return success(merge);
}

/** Everything may have changed: what was bought, agreed to and done came along. */
async function publishChange(unit: UnitOfWork, before: CustomerFields, after: Customer) {
  const fields = [...changedNames(before, after), '*'];
  await unit.publish(customerChanged, { customerIds: [after.id], fields });
}

/** The record that is gone keeps its own: an undo finds them where they were. */
async function mergeOrigins(
  { trx }: UnitOfWork,
  { stays, gone, after }: { stays: Customer; gone: Customer; after: Customer },
): Promise<void> {
  const known = await originsOf(trx, [stays.id, gone.id]);
  const [into, from] = [known.get(stays.id) ?? {}, known.get(gone.id) ?? {}];
  const origins = mergedOrigins({ fields: stays, origins: into }, { origins: from }, after);
  await writeOrigins(trx, [{ customerId: stays.id, origins }]);
}

async function partOrigins({ trx }: UnitOfWork, before: Customer, after: Customer): Promise<void> {
  const origins = (await originsOf(trx, [after.id])).get(after.id);
  if (!origins) return;
  await writeOrigins(trx, [
    { customerId: after.id, origins: withoutChanged(origins, before, after) },
  ]);
}

/** Fields that still are as the merge left them get back what they were. */
function parted(now: Customer, { before, after }: MergeRecord): Customer {
  const same = (key: keyof CustomerFields) =>
    JSON.stringify(now[key]) === JSON.stringify(after[key]);
  const back = Object.fromEntries(
    (Object.keys(before) as (keyof CustomerFields)[])
      .filter((key) => key in after && same(key))
      .map((key) => [key, before[key]]),
  );
  return { ...now, ...back };
}

async function undoIn(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  id: number,
): Promise<Result<CustomerMerge>> {
  const found = await findMerge(unit.trx, id);
  if (!found) return refuse('customers.merge.not-found', 404);
  const { merge, record } = found;
  const [now] = await findByIds(unit.trx, [merge.into]);
  const isLast = merge.undoneAt === null && !(await hasLaterMerge(unit.trx, merge));
  if (!now || !isLast) return refuse('customers.merge.not-now', 409);
  const at = clock(strapi).now().getTime();
  if (!(await markUndone(unit.trx, id, at))) return refuse('customers.merge.not-now', 409);
  const after = parted(now, record);
  await updateCustomers(unit.trx, [after], at);
  await partOrigins(unit, now, after);
  await reinsertCustomer(unit.trx, record.gone, at);
  await moveIdentities(unit.trx, record.identities, merge.from);
  for (const links of customerLinks.members(strapi)) {
    await links.giveBack(unit, merge.from, merge.into, record.moved[links.key]);
  }
  await rewriteTerms(unit.trx, [after, record.gone]);
  await unit.publish(customerCreated, { customerIds: [merge.from] });
  await publishChange(unit, now, after);
  return success({ ...merge, undoneAt: at });
}

export const mergeCustomers = (
  strapi: Core.Strapi,
  pair: { readonly from: number; readonly into: number },
  staffId: number | null,
): Promise<Result<CustomerMerge>> =>
  inTransaction(strapi, (unit) => mergeIn(strapi, unit, pair, staffId));

export const undoMerge = (strapi: Core.Strapi, id: number): Promise<Result<CustomerMerge>> =>
  inTransaction(strapi, (unit) => undoIn(strapi, unit, id));
