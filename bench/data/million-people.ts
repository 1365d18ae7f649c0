/**
 * A million people with everything that finding them needs (identities, search keys, consents),
 * brought in by the product's own import and kept in `.tmp/bench` until the schema changes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import BetterSqlite3 from 'better-sqlite3';

import { adminClient } from '../../tests/support/admin';
import { startApp, type TestApp } from '../../tests/support/app';
import { peopleCsv } from './people-csv';

export const PEOPLE = 1_000_000;
const FILE_ROWS = 50_000;

/** `BENCH_DATA`: another folder, so that several checkouts share one copy. */
const folder = process.env.BENCH_DATA ?? path.resolve(__dirname, '..', '..', '.tmp', 'bench');
const TABLES = "'crm_customers', 'crm_customer_search', 'crm_identities', 'crm_consent_states'";

export const peopleFile = (name: string): string => {
  mkdirSync(folder, { recursive: true });
  return path.join(folder, `${name}.db`);
};

function schemaOf(file: string): string {
  const connection = new BetterSqlite3(file, { readonly: true });
  try {
    const schema = connection
      .prepare(`select sql from sqlite_master where tbl_name in (${TABLES}) order by name`)
      .all();
    return createHash('sha256')
      .update(JSON.stringify([schema, peopleCsv(0, 100)]))
      .digest('hex');
  } finally {
    connection.close();
  }
}

async function fill(app: TestApp, people: number, log: (line: string) => void): Promise<void> {
  const admin = await adminClient(app);
  for (let from = 0; from < people; from += FILE_ROWS) {
    const started = Date.now();
    const type = 'application/octet-stream';
    const { status, body } = await admin.upload(
      '/crm/customers/import',
      peopleCsv(from, FILE_ROWS),
      type,
    );
    if (status !== 200) throw new Error(JSON.stringify(body));
    const rate = FILE_ROWS / ((Date.now() - started) / 1000);
    log(`${from + FILE_ROWS} people, ${Math.round(rate)} rows/s`);
  }
}

/** Strapi running on the million, and the file for connections of one's own. */
export async function millionPeople(
  log: (line: string) => void,
  people = PEOPLE,
): Promise<{ readonly app: TestApp; readonly file: string }> {
  const file = peopleFile(people === PEOPLE ? 'million-people' : `people-${people}`);
  const mark = `${file}.fingerprint`;
  const isFull = () => existsSync(mark) && readFileSync(mark, 'utf8') === schemaOf(file);
  if (existsSync(mark)) {
    const app = await startApp({ keepDatabase: file });
    if (isFull()) return { app, file };
    await app.stop();
  }
  for (const suffix of ['', '-wal', '-shm', '.fingerprint']) rmSync(file + suffix, { force: true });
  log(`importing ${people.toLocaleString('en')} people, some minutes and only once`);
  const app = await startApp({ keepDatabase: file });
  await fill(app, people, log);
  const connection = new BetterSqlite3(file);
  connection.exec('analyze');
  connection.close();
  writeFileSync(mark, schemaOf(file));
  return { app, file };
}
