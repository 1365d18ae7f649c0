/** Creating and changing one customer: row, identities, search keys and event in one transaction. */
import type { Core } from '@strapi/strapi';

import type {
  Customer,
  CustomerFields,
  CustomerInput,
  CustomValue,
  IdentityKind,
} from '../../shared/customers';
import {
  clock,
  crmConfig,
  refuse,
  success,
  translate,
  type FieldIssue,
  type Locale,
  type Result,
  type UnitOfWork,
} from '../kernel';
import { normalizeCustomer } from './domain/normalize-customer';
import type { Origin } from './domain/field-sources';
import { customerChanged, customerCreated, type ToldBy } from './index';
import { remember, settle } from './sources/ruling';
import { findByIds, idOfNumber, insertCustomers, updateCustomers } from './store/customers';
import { deleteIdentity, findIdentity, insertIdentities } from './store/identities';
import { customFields } from './custom-fields';
import { changedNames } from './domain/changed-names';
import { customValue } from './domain/custom-values';
import { emptyCustomer } from './domain/empty-customer';
import { rewriteTerms, writeTerms } from './store/search';

/** Fields that are also identities. Families share a phone: a second holder is not refused. */
const identityFields: readonly { field: keyof CustomerFields; kind: IdentityKind }[] = [
  { field: 'email', kind: 'email' },
  { field: 'customerNumber', kind: 'customer-number' },
  { field: 'phone', kind: 'phone' },
];

function fieldIssue(strapi: Core.Strapi, reader: Locale, path: string, code: string): FieldIssue {
  return { path, code, message: translate(strapi, reader, `customers.issue.${code}`) };
}

function readFields(
  strapi: Core.Strapi,
  input: CustomerInput,
  reader: Locale,
): Result<Partial<CustomerFields>> {
  const { fields, issues } = normalizeCustomer(input);
  const custom = readCustom(strapi, input.custom ?? {});
  const wrong = [
    ...issues.map(({ field, code }) => fieldIssue(strapi, reader, field, code)),
    ...custom.wrong.map((name) => fieldIssue(strapi, reader, `custom.${name}`, 'invalid-value')),
  ];
  if (wrong.length > 0) return refuse('customers.invalid-fields', 400, { fields: wrong });
  return success(input.custom ? { ...fields, custom: custom.values } : fields);
}

/** The operator's own fields in their stored form; names that are none are wrong too. */
function readCustom(strapi: Core.Strapi, given: CustomerFields['custom']) {
  const fields = new Map(customFields(strapi).map((field) => [field.name, field]));
  const { timeZone } = crmConfig(strapi);
  const values: Record<string, CustomValue> = {};
  const wrong: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const field = fields.get(name);
    const stored = field && customValue(field, value, timeZone);
    if (stored === undefined) wrong.push(name);
    else values[name] = stored;
  }
  return { values, wrong };
}

/** Which of these fields somebody else already has; null when all are free. */
export async function takenField(
  unit: UnitOfWork,
  fields: Partial<CustomerFields>,
  ownId: number | null,
): Promise<{ field: 'email' | 'customerNumber'; code: 'email-taken' | 'number-taken' } | null> {
  if (fields.email) {
    const held = await findIdentity(unit.trx, 'email', fields.email);
    if (held && held.customerId !== ownId) return { field: 'email', code: 'email-taken' };
  }
  if (fields.customerNumber) {
    const holder = await idOfNumber(unit.trx, fields.customerNumber);
    if (holder !== null && holder !== ownId)
      return { field: 'customerNumber', code: 'number-taken' };
  }
  return null;
}

/** Refuses what somebody else already has. */
async function checkFree(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  fields: Partial<CustomerFields>,
  own: { id: number | null; reader: Locale },
): Promise<Result<true>> {
  const taken = await takenField(unit, fields, own.id);
  if (!taken) return success(true);
  const { field, code } = taken;
  const issue = fieldIssue(strapi, own.reader, field, code);
  return refuse(`customers.${code}`, 409, { fields: [issue] });
}

/** Gives up identities that a change took away, and holds those it brought. */
export async function writeIdentities(
  unit: UnitOfWork,
  before: CustomerFields,
  after: Customer,
  now: number,
): Promise<void> {
  for (const { field, kind } of identityFields) {
    if (before[field] === after[field]) continue;
    const customerId = after.id;
    const [old, value] = [before[field], after[field]];
    if (typeof old === 'string') await deleteIdentity(unit.trx, { customerId, kind, value: old });
    if (typeof value !== 'string') continue;
    await insertIdentities(unit.trx, [{ customerId, kind, value, verifiedAt: null }], now);
  }
}

const originOf = ({ source, ref }: ToldBy, at: number): Origin => ({
  source,
  at,
  ref: ref ?? null,
});

export async function createCustomer(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  input: CustomerInput,
  reader: Locale = crmConfig(strapi).defaultLocale,
  told?: ToldBy,
): Promise<Result<Customer>> {
  const read = readFields(strapi, input, reader);
  if (!read.ok) return read;
  const free = await checkFree(strapi, unit, read.value, { id: null, reader });
  if (!free.ok) return free;
  const now = clock(strapi).now().getTime();
  const fields = { ...emptyCustomer, registeredAt: now, ...read.value };
  const [customer] = await insertCustomers(unit.trx, [fields], now);
  if (!customer) throw new Error('The customer was not inserted');
  await writeIdentities(unit, emptyCustomer, customer, now);
  await writeTerms(unit.trx, [customer]);
  if (told) {
    const origin = originOf(told, now);
    const [ruling] = await settle(strapi, unit, [{ before: null, after: customer }], origin);
    if (ruling) await remember(strapi, unit, [{ customerId: customer.id, ruling }], origin);
  }
  await unit.publish(customerCreated, { customerIds: [customer.id] });
  return success(customer);
}

export async function updateCustomer(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  id: number,
  patch: CustomerInput,
  reader: Locale = crmConfig(strapi).defaultLocale,
  told?: ToldBy,
): Promise<Result<Customer>> {
  const [before] = await findByIds(unit.trx, [id]);
  if (!before) return refuse('customers.not-found', 404);
  const read = readFields(strapi, patch, reader);
  if (!read.ok) return read;
  const free = await checkFree(strapi, unit, read.value, { id, reader });
  if (!free.ok) return free;
  const custom = { ...before.custom, ...read.value.custom };
  const wanted: Customer = { ...before, ...read.value, custom };
  if (changedNames(before, wanted).length === 0) return success(before);
  const now = clock(strapi).now().getTime();
  const origin = told ? originOf(told, now) : null;
  const [ruling] = await settle(strapi, unit, [{ before, after: wanted }], origin);
  if (ruling) await remember(strapi, unit, [{ customerId: id, ruling }], origin);
  const after: Customer = { ...wanted, ...ruling?.after };
  const changed = changedNames(before, after);
  if (changed.length === 0) return success(before);
  await updateCustomers(unit.trx, [after], now);
  await writeIdentities(unit, before, after, now);
  await rewriteTerms(unit.trx, [after]);
  await unit.publish(customerChanged, { customerIds: [id], fields: changed });
  return success(after);
}
