/**
 * Customers changed as documents (Content Manager, an application's own code) obey the same rules
 * as those changed through `customersService`: normalised, unique, searchable, told to others.
 */
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { z } from 'zod';

import type { Customer, CustomerFields, CustomerInput } from '../../shared/customers';
import { clock, crmConfig, inTransaction, translate, type UnitOfWork } from '../kernel';
import { customerUid } from './content-type';
import { normalizeCustomer } from './domain/normalize-customer';
import { customerChanged, customerCreated } from './index';
import { deleteTraces, findByDocumentId, updateCustomers } from './store/customers';
import { rewriteTerms } from './store/search';
import { takenField, writeIdentities } from './writing';
import { emptyCustomer } from './domain/empty-customer';
import type { Origin } from './domain/field-sources';
import { remember, settle } from './sources/ruling';

const WATCHED: ReadonlySet<string> = new Set(['create', 'update', 'clone', 'delete']);

type Data = Record<string, unknown>;

/** Fields that documents hold as they come, whatever their names mean here. */
const RAW: ReadonlySet<string> = new Set(['registeredAt', 'custom']);

/** Texts among the attributes that are fields of a customer, brought to their stored form. */
function normalizeData(strapi: Core.Strapi, data: Data): void {
  const texts = Object.entries(data).filter(
    ([key, value]) => key in emptyCustomer && !RAW.has(key) && typeof value === 'string',
  );
  const { fields, issues } = normalizeCustomer(Object.fromEntries(texts) as CustomerInput);
  const [issue] = issues;
  if (issue) throw invalid(strapi, issue.field, `customers.issue.${issue.code}`);
  Object.assign(data, fields);
}

function invalid(strapi: Core.Strapi, field: string, code: string): Error {
  const message = translate(strapi, crmConfig(strapi).defaultLocale, code);
  return new errors.ValidationError(message, {
    errors: [{ path: [field], message, name: 'ValidationError' }],
  });
}

/** A taken address is found before anything is written. */
async function refuseTaken(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  data: Data,
  ownId: number | null,
): Promise<void> {
  const taken = await takenField(unit, data as Partial<CustomerFields>, ownId);
  if (taken) throw invalid(strapi, taken.field, `customers.issue.${taken.code}`);
}

const adminRequest = z.object({
  route: z.object({ info: z.object({ type: z.literal('admin') }) }),
  user: z.object({ id: z.number() }),
});

/** Staff in the Content Manager; an application's own code names no source. */
function originOfRequest(strapi: Core.Strapi, at: number): Origin | null {
  const request = adminRequest.safeParse(strapi.requestContext.get()?.state);
  return request.success ? { source: 'staff', at, ref: String(request.data.user.id) } : null;
}

/** Runs the change and brings identities, search keys and events after it. */
async function change(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { data, before }: { data: Data; before: Customer | null },
  next: () => Promise<unknown>,
): Promise<unknown> {
  normalizeData(strapi, data);
  await refuseTaken(strapi, unit, data, before?.id ?? null);
  const result = await next();
  const documentId = (result as { documentId?: string } | null)?.documentId;
  const written = documentId ? await findByDocumentId(unit.trx, documentId) : null;
  if (!written) return result;
  const now = clock(strapi).now().getTime();
  const origin = originOfRequest(strapi, now);
  const [ruling] = await settle(strapi, unit, [{ before, after: written }], origin);
  if (ruling) await remember(strapi, unit, [{ customerId: written.id, ruling }], origin);
  const after: Customer = { ...written, ...ruling?.after };
  // Writes the sort key, which only the plugin knows.
  await updateCustomers(unit.trx, [after], now);
  await writeIdentities(unit, before ?? emptyCustomer, after, now);
  await rewriteTerms(unit.trx, [after]);
  const customerIds = [after.id];
  if (before) await unit.publish(customerChanged, { customerIds, fields: Object.keys(data) });
  else await unit.publish(customerCreated, { customerIds });
  return result;
}

/** Installs the middleware; called once, in register(). */
export function watchCustomerDocuments(strapi: Core.Strapi): void {
  strapi.documents.use((context, next) => {
    const { uid, action } = context;
    if (uid !== customerUid || !WATCHED.has(action)) return next();
    const params = context.params as { data?: Data; documentId?: string };
    return inTransaction(strapi, async (unit) => {
      const { documentId, data = {} } = params;
      const before =
        documentId && action !== 'clone' ? await findByDocumentId(unit.trx, documentId) : null;
      if (action !== 'delete') return change(strapi, unit, { data, before }, next);
      if (before) await deleteTraces(unit.trx, before.id);
      return next();
    }) as ReturnType<typeof next>;
  });
}
