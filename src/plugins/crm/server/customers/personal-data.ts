import type { Core } from '@strapi/strapi';

import type { Customer, CustomerFields } from '../../shared/customers';
import { clock, database, type PersonalData } from '../kernel';
import { customerUid } from './content-type';
import { emptyCustomer } from './domain/empty-customer';
import { mentions } from './domain/mentions';
import { customerChanged } from './index';
import { columnOf } from './store/rows';
import { blankColumns, deleteTraces, findByIds, updateCustomers } from './store/customers';
import { identitiesOf } from './store/identities';
import { historyOf } from './store/origins';
import { blankSearchedWords } from './store/searched-words';

interface StoredAttribute {
  readonly type: string;
  readonly columnName?: string;
}

const KEPT_BY_STRAPI = new Set(['id', 'document_id', 'created_at', 'updated_at', 'published_at']);

/** Columns of fields that an operator added in the Content-Type Builder: they may say anything. */
function addedColumns(strapi: Core.Strapi): string[] {
  const { attributes } = strapi.db.metadata.get(customerUid) as unknown as {
    attributes: Record<string, StoredAttribute>;
  };
  const known = new Set([...Object.values(columnOf), 'sort_name', ...KEPT_BY_STRAPI]);
  return Object.values(attributes)
    .filter(({ type }) => type !== 'relation')
    .flatMap(({ columnName }) => (columnName ? [columnName] : []))
    .filter((column) => !known.has(column) && column !== 'locale');
}

/** The row stays, so that what counts orders and people still counts them; nobody is in it. */
const nobody = (before: Customer): Customer => {
  const { registeredAt, madeUp, locale } = before;
  const fields: CustomerFields = { ...emptyCustomer, registeredAt, madeUp, locale };
  return { ...before, ...fields, lifecycleStage: 'erased' };
};

/** What staff wrote for each other is not a value of hers. */
const forStaff = (field: string): boolean => field === 'note';

const shown = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([field]) => !forStaff(field)));

/** More changes than a person's record sees in its life; retention deletes the old ones. */
const MOST_CHANGES = 10_000;

/** What her fields held before, and what another source said of them: that is data on her too. */
async function changesOf(strapi: Core.Strapi, customerId: number) {
  const changes = await historyOf(database(strapi), customerId, MOST_CHANGES);
  return changes.map(({ at, origin, replaced, refused }) => ({
    at: new Date(at).toISOString(),
    source: origin?.source ?? null,
    replaced: shown(
      Object.fromEntries(Object.entries(replaced).map(([field, [value]]) => [field, value])),
    ),
    refused: shown(refused),
  }));
}

export const customerData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'customer',
  async copy(customerId) {
    const [customer] = await findByIds(database(strapi), [customerId]);
    const identities = await identitiesOf(database(strapi), customerId);
    // A note is what staff wrote for each other; ids of ours say nothing to her.
    const hidden = { id: undefined, documentId: undefined, note: undefined };
    const held = identities.map(({ kind, value }) => ({ kind, value }));
    return {
      ...customer,
      ...hidden,
      identities: held,
      changes: await changesOf(strapi, customerId),
    };
  },
  async erase(unit, customerId) {
    const [before] = await findByIds(unit.trx, [customerId]);
    if (!before) return;
    await updateCustomers(unit.trx, [nobody(before)], clock(strapi).now().getTime());
    await blankColumns(unit.trx, customerId, addedColumns(strapi));
    await deleteTraces(unit.trx, customerId);
    await blankSearchedWords(unit.trx, (words) => mentions(words, before));
    const fields = Object.keys(emptyCustomer);
    await unit.publish(customerChanged, { customerIds: [customerId], fields });
  },
});
