import type { Customer, CustomerFields } from '../../../shared/customers';
import { insertBulk, whereAmong, type Database } from '../../kernel';
import {
  CUSTOMERS,
  cellsOfFields,
  columnOf,
  customerOfRow,
  datetimeValue,
  fieldColumns,
  newDocumentIds,
  type CustomerRow,
} from './rows';
import { searchTermsOf } from './search';

export async function findByIds(db: Database, ids: readonly number[]): Promise<Customer[]> {
  if (ids.length === 0) return [];
  const rows: CustomerRow[] = await whereAmong(db, db(CUSTOMERS), 'id', ids);
  return rows.map(customerOfRow);
}

/** In the order of their ids. */
export async function customersAfter(db: Database, id: number, limit: number): Promise<Customer[]> {
  const rows: CustomerRow[] = await db(CUSTOMERS).where('id', '>', id).orderBy('id').limit(limit);
  return rows.map(customerOfRow);
}

export async function findByDocumentId(db: Database, documentId: string): Promise<Customer | null> {
  const row: CustomerRow | undefined = await db(CUSTOMERS)
    .where({ document_id: documentId })
    .first();
  return row ? customerOfRow(row) : null;
}

export async function idOfNumber(db: Database, customerNumber: string): Promise<number | null> {
  const row: { id: number } | undefined = await db(CUSTOMERS)
    .where({ customer_number: customerNumber })
    .first('id');
  return row ? Number(row.id) : null;
}

/** Which customer has each of these numbers. */
export async function idsOfNumbers(
  db: Database,
  numbers: readonly string[],
): Promise<Map<string, number>> {
  const rows: { id: number; customer_number: string }[] = await whereAmong(
    db,
    db(CUSTOMERS).select('id', 'customer_number'),
    'customer_number',
    numbers,
  );
  return new Map(rows.map((row) => [row.customer_number, Number(row.id)]));
}

/** Inserts all; their ids, in the order of `all`. Throws when a customer number is taken. */
export async function insertCustomerRows(
  db: Database,
  all: readonly CustomerFields[],
  documentIds: readonly string[],
  now: number,
): Promise<number[]> {
  if (all.length === 0) return [];
  const at = datetimeValue(db, now);
  const answered = await insertBulk(db, {
    table: CUSTOMERS,
    columns: [...fieldColumns(), 'document_id', 'created_at', 'updated_at', 'published_at'],
    rows: all.map((fields, index) => {
      const cells = cellsOfFields(db, fields);
      cells.push(documentIds[index], at, at, at);
      return cells;
    }),
    returning: ['id', 'document_id'],
  });
  const idOf = new Map(answered.map((row) => [row.document_id, Number(row.id)]));
  return documentIds.map((documentId) => idOf.get(documentId) ?? 0);
}

/** Inserts all; the answer is in the order of `all`. Throws when a customer number is taken. */
export async function insertCustomers(
  db: Database,
  all: readonly CustomerFields[],
  now: number,
): Promise<Customer[]> {
  const documentIds = newDocumentIds(all.length, now);
  const ids = await insertCustomerRows(db, all, documentIds, now);
  return all.map((fields, index) => ({
    ...fields,
    id: ids[index] ?? 0,
    documentId: documentIds[index] ?? '',
    createdAt: now,
  }));
}

/** Brings back a record that was taken out, under its own id. */
export async function reinsertCustomer(
  db: Database,
  customer: Customer,
  now: number,
): Promise<void> {
  const created = datetimeValue(db, customer.createdAt);
  const own = [customer.id, customer.documentId, created, datetimeValue(db, now), created];
  await insertBulk(db, {
    table: CUSTOMERS,
    columns: [...fieldColumns(), 'id', 'document_id', 'created_at', 'updated_at', 'published_at'],
    rows: [[...cellsOfFields(db, customer), ...own]],
  });
}

/** Writes all fields of customers that exist. */
export async function updateCustomers(
  db: Database,
  all: readonly Customer[],
  now: number,
): Promise<void> {
  if (all.length === 0) return;
  const at = datetimeValue(db, now);
  const merge = [...fieldColumns(), 'updated_at'];
  await insertBulk(db, {
    table: CUSTOMERS,
    columns: [...merge, 'id'],
    rows: all.map((customer) => [...cellsOfFields(db, customer), at, customer.id]),
    conflict: { columns: ['id'], merge },
  });
}

/** Writes one field of customers that exist: of all that stand in a row, most have indexes. */
export async function updateField(
  db: Database,
  field: 'tags' | 'owner' | 'lifecycleStage',
  all: readonly Customer[],
  now: number,
): Promise<void> {
  const at = datetimeValue(db, now);
  const merge = [columnOf[field], 'updated_at'];
  await insertBulk(db, {
    table: CUSTOMERS,
    columns: [...merge, 'id'],
    rows: all.map((customer) => [customer[field], at, customer.id]),
    conflict: { columns: ['id'], merge },
  });
}

/** Of these people, those whose row was last written at that instant. */
export async function idsWrittenAt(
  db: Database,
  ids: readonly number[],
  at: number,
): Promise<number[]> {
  const rows: { id: number }[] = await whereAmong(
    db,
    db(CUSTOMERS)
      .select('id')
      .where({ updated_at: datetimeValue(db, at) }),
    'id',
    ids,
  );
  return rows.map((row) => Number(row.id));
}

export async function deleteCustomers(db: Database, ids: readonly number[]): Promise<void> {
  await whereAmong(db, db(CUSTOMERS), 'id', ids).delete();
}

/** What leads to a customer who is deleted. */
export async function deleteTraces(db: Database, customerId: number): Promise<void> {
  const ofPeople = db('crm_imports').select('id').where({ kind: 'customers' });
  for (const id of await everyIdOf(db, customerId)) {
    await searchTermsOf(db).forget(db, id);
    await db('crm_identities').where({ customer_id: id }).delete();
    await db('crm_bulk_changes').where({ customer_id: id }).delete();
    await db('crm_field_origins').where({ customer_id: id }).delete();
    await db('crm_field_history').where({ customer_id: id }).delete();
    await db('crm_import_changes')
      .where({ subject_id: id })
      .whereIn('import_id', ofPeople.clone())
      .delete();
    // What a merge could be undone from is both records as they were.
    await db('crm_customer_merges').where({ into_id: id }).orWhere({ from_id: id }).delete();
  }
}

/** Hers, and those of the records that were put together into it. */
async function everyIdOf(db: Database, customerId: number): Promise<number[]> {
  const ids = [customerId];
  for (let newest = [customerId]; newest.length > 0;) {
    const found: number[] = await db('crm_customer_merges')
      .whereIn('into_id', newest)
      .whereNull('undone_at')
      .pluck('from_id');
    newest = found.map(Number).filter((id) => !ids.includes(id));
    ids.push(...newest);
  }
  return ids;
}

/** Columns that only the operator knows. */
export async function blankColumns(
  db: Database,
  id: number,
  columns: readonly string[],
): Promise<void> {
  if (columns.length === 0) return;
  const blank = Object.fromEntries(columns.map((column) => [column, null]));
  await db(CUSTOMERS).where({ id }).update(blank);
}
