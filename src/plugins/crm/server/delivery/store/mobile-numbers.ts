import type { Knex } from 'knex';

import type { Database } from '../../kernel';

const JAPAN = '+81';
/** 060, 070, 080 and 090: the numbers in Japan that can take an SMS. */
const MOBILE = ['+8160', '+8170', '+8180', '+8190'];

/** Where people are reached by SMS. Of numbers abroad nobody can tell, so they are tried. */
export const mobileNumbers = (db: Database): Knex.QueryBuilder =>
  db('crm_customers')
    .select('id as customer_id', 'phone as address')
    .whereNotNull('phone')
    .where((mobile) => {
      void mobile.whereRaw('substr(phone, 1, 3) <> ?', [JAPAN]);
      void mobile.orWhereRaw(`substr(phone, 1, 5) in (${MOBILE.map(() => '?').join(',')})`, MOBILE);
    });
