/**
 * A million made-up customers in a database with the real schema: booted once by Strapi, filled by
 * recursive SQL, kept in `.tmp/bench` until the schema or this file changes. Uneven as in life, and
 * the same every time: every value is arithmetic on the row number.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import BetterSqlite3 from 'better-sqlite3';

import { startApp, type TestApp } from '../../tests/support/app';

export const CUSTOMERS = 1_000_000;
/** The instant at which the bench evaluates its rules: 22 November 2026, 12:00 in Tokyo. */
export const NOW = Date.UTC(2026, 10, 22, 3);

const folder = path.resolve(__dirname, '..', '..', '.tmp', 'bench');
const DAY = 86_400_000;

/**
 * A number from 0 to `size` - 1 that looks random and is the same every time. The square breaks
 * the pattern that a linear hash would leave between two columns of one row.
 */
const dice = (row: string, salt: number, size: number): string => {
  const linear = `((${row} * 48271 + ${salt * 69_621}) % 2147483647)`;
  return `((${linear} * ${linear} + ${salt * 7919}) % 2147483629 % ${size})`;
};

const series = (size: number): string =>
  `with recursive series(n) as (select 1 union all select n + 1 from series where n < ${size})`;

const fill: readonly string[] = [
  `${series(CUSTOMERS)} insert into crm_customers
    (id, document_id, customer_number, family_name, given_name, email, prefecture, birthday, tier, tags,
     made_up, created_at, updated_at)
   select n, 'bench' || n, 'B' || n, '姓' || ${dice('n', 1, 900)}, '名' || ${dice('n', 2, 700)},
     'person' || n || '@example.jp',
     case when ${dice('n', 3, 10)} < 3 then '東京都' when ${dice('n', 3, 10)} < 5 then '大阪府' else '北海道' end,
     date('1950-01-01', '+' || ${dice('n', 4, 20000)} || ' days'),
     case when ${dice('n', 5, 100)} < 2 then 'platinum' when ${dice('n', 5, 100)} < 8 then 'gold'
       when ${dice('n', 5, 100)} < 25 then 'silver' else 'regular' end,
     case when ${dice('n', 6, 20)} = 0 then '["vinyl","jazz"]' when ${dice('n', 6, 20)} < 4 then '["cd"]' else '[]' end,
     1, ${NOW} - ${dice('n', 7, 1500)} * ${DAY}, ${NOW}
   from series`,
  // A product of two dice: a few people buy often, most bought once or never.
  `${series(CUSTOMERS * 2)} insert into crm_orders
    (order_number, customer_id, ordered_at, status, currency, total)
   select 'B' || n, 1 + ${dice('n', 11, 1000)} * ${dice('n', 12, 1000)} + ${dice('n', 18, 1000)},
     ${NOW} - ${dice('n', 13, 1200)} * ${DAY} - ${dice('n', 14, 86_400)} * 1000,
     case when ${dice('n', 15, 50)} = 0 then 'cancelled' else 'paid' end, 'JPY',
     900 + ${dice('n', 16, 90)} * ${dice('n', 17, 90)}
   from series`,
  `${series(CUSTOMERS)} insert into crm_consent_states (customer_id, purpose, channel, granted, changed_at)
   select n, 'marketing', 'email', ${dice('n', 21, 10)} < 7, ${NOW} from series where ${dice('n', 22, 10)} < 9`,
  `analyze`,
];

function fingerprint(database: BetterSqlite3.Database): string {
  const schema = database.prepare("select sql from sqlite_master where name like 'crm_%'").all();
  return createHash('sha256')
    .update(JSON.stringify([schema, fill]))
    .digest('hex');
}

/** Strapi running on the filled database, and the file for connections of one's own. */
export interface MillionCustomers {
  readonly app: TestApp;
  readonly file: string;
}

export async function millionCustomers(log: (line: string) => void): Promise<MillionCustomers> {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'million-customers.db');
  const mark = `${file}.fingerprint`;
  const app = await startApp({ keepDatabase: file });
  const connection = new BetterSqlite3(file);
  try {
    const wanted = fingerprint(connection);
    if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return { app, file };
    rmSync(mark, { force: true });
    log('making a million customers, about a minute and only once');
    connection.pragma('synchronous = OFF');
    connection.pragma('cache_size = -500000');
    connection.exec(
      'delete from crm_customers; delete from crm_orders; delete from crm_consent_states;',
    );
    for (const statement of fill) connection.exec(statement);
    writeFileSync(mark, wanted);
    return { app, file };
  } finally {
    connection.close();
  }
}
