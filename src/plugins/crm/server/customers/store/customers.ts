import type { Customer, CustomerFields } from '../../../shared/customers';
import { chunked, type Database } from '../../kernel';
import {
  CUSTOMERS,
  customerOfRow,
  datetimeValue,
  newDocumentId,
  rowOfFields,
  type CustomerRow,
} from './rows';

/** About 30 columns: 500 rows stay below SQLite's 32,766 parameters. */
const CHUNK = 500;

export async function findByIds(db: Database, ids: readonly number[]): Promise<Customer[]> {
  const found: Customer[] = [];
  for (const part of chunked(ids)) {
    const rows: CustomerRow[] = await db(CUSTOMERS).whereIn('id', part);
    found.push(...rows.map(customerOfRow));
  }
  return found;
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
  const found = new Map<string, number>();
  for (const part of chunked(numbers)) {
    const rows: { id: number; customer_number: string }[] = await db(CUSTOMERS)
      .whereIn('customer_number', part)
      .select('id', 'customer_number');
    for (const row of rows) found.set(row.customer_number, Number(row.id));
  }
  return found;
}

/** Inserts all; the answer is in the order of `all`. Throws when a customer number is taken. */
export async function insertCustomers(
  db: Database,
  all: readonly CustomerFields[],
  now: number,
): Promise<Customer[]> {
  const inserted: Customer[] = [];
  for (const part of chunked(all, CHUNK)) {
    const at = datetimeValue(db, now);
    const rows = part.map((fields) => ({
      ...rowOfFields(db, fields),
      document_id: newDocumentId(),
      created_at: at,
      updated_at: at,
      published_at: at,
    }));
    const answered: { id: number; document_id: string }[] = await db(CUSTOMERS)
      .insert(rows)
      .returning(['id', 'document_id']);
    const idOf = new Map(answered.map((row) => [row.document_id, Number(row.id)]));
    part.forEach((fields, index) => {
      const documentId = rows[index]?.document_id ?? '';
      inserted.push({ ...fields, id: idOf.get(documentId) ?? 0, documentId, createdAt: now });
    });
  }
  return inserted;
}

/** Writes all fields of customers that exist, in one statement per chunk. */
export async function updateCustomers(
  db: Database,
  all: readonly Customer[],
  now: number,
): Promise<void> {
  for (const part of chunked(all, CHUNK)) {
    const rows = part.map((customer) => ({
      ...rowOfFields(db, customer),
      id: customer.id,
      updated_at: datetimeValue(db, now),
    }));
    const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== 'id');
    await db(CUSTOMERS).insert(rows).onConflict('id').merge(columns);
  }
}

/** What leads to a customer who is deleted. */
export async function deleteTraces(db: Database, customerId: number): Promise<void> {
  await db('crm_customer_search').where({ customer_id: customerId }).delete();
  await db('crm_identities').where({ customer_id: customerId }).delete();
}
