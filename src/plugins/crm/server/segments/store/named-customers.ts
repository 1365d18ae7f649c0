import { whereAmong, type Database } from '../../kernel';

export interface NamedCustomers {
  readonly number: ReadonlyMap<string, number>;
  readonly email: ReadonlyMap<string, number>;
}

/**
 * Whom customer numbers and e-mail addresses name, in two statements. By the unique index on the
 * number and the one on (kind, value) of identities.
 */
export async function customersByKey(
  db: Database,
  { numbers, emails }: { numbers: readonly string[]; emails: readonly string[] },
): Promise<NamedCustomers> {
  const byNumber: { id: number; customer_number: string }[] =
    numbers.length === 0
      ? []
      : await whereAmong(db, db('crm_customers'), 'customer_number', numbers).select(
          'id',
          'customer_number',
        );
  const byEmail: { customer_id: number; value: string }[] =
    emails.length === 0
      ? []
      : await whereAmong(db, db('crm_identities').where({ kind: 'email' }), 'value', emails).select(
          'customer_id',
          'value',
        );
  return {
    number: new Map(byNumber.map((row) => [row.customer_number, Number(row.id)])),
    email: new Map(byEmail.map((row) => [row.value, Number(row.customer_id)])),
  };
}
