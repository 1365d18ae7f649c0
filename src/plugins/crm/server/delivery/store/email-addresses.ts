import type { Knex } from 'knex';

import type { Database } from '../../kernel';

/** Where people are reached by e-mail: the address on their record. */
export const emailAddresses = (db: Database): Knex.QueryBuilder =>
  db('crm_customers').select('id as customer_id', 'email as address').whereNotNull('email');
