/**
 * An empty database with every table in it, which test files copy instead of building their own:
 * half of a boot is that work. It belongs to one build; after the next one it is made anew.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';

import pg from 'pg';

const root = path.resolve(__dirname, '..', '..');
const folder = path.join(root, '.tmp', 'templates');
const BUILT = ['dist', 'config', 'src/plugins/crm/dist', 'package-lock.json'];
/** Of this build or an earlier one; another run may be at work on any other file. */
const FINISHED = /^[0-9a-f]{12}\.db$/;
/** What PostgreSQL says of a name that it does not know, or knows already. */
const NO_DATABASE = '3D000';
const SAME_DATABASE = '42P04';

const saysPostgres = (error: unknown, code: string): boolean =>
  error instanceof pg.DatabaseError && error.code === code;

function* filesIn(place: string): Generator<string> {
  if (!existsSync(place)) return;
  if (statSync(place).isFile()) return yield place;
  for (const name of readdirSync(place).sort()) {
    // The admin's own build says nothing about the tables.
    if (name !== 'build') yield* filesIn(path.join(place, name));
  }
}

/** Changes with every file of the build and every installed version. */
function buildKey(): string {
  const hash = createHash('sha256');
  for (const file of BUILT.flatMap((place) => [...filesIn(path.join(root, place))])) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 12);
}

/** Runs one statement that no database needs to be chosen for. */
export async function onPostgres(server: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const sqliteTemplate = (): string => path.join(folder, `${buildKey()}.db`);
const postgresTemplate = (): string => `enishi_template_${buildKey()}`;

/** Where there is no template the file is not written: the first boot makes its tables. */
export function copySqliteTemplate(file: string): void {
  const template = sqliteTemplate();
  if (existsSync(template)) copyFileSync(template, file);
}

/** Where there is no template the database is empty. */
export async function createFromTemplate(server: string, name: string): Promise<void> {
  try {
    await onPostgres(server, `create database ${name} template ${postgresTemplate()}`);
  } catch (error) {
    if (!saysPostgres(error, NO_DATABASE)) throw error;
    await onPostgres(server, `create database ${name} template template0`);
  }
}

/** Boots once on `keepDatabase` and leaves what that made; nothing to do when it is there. */
export type FillDatabase = (keepDatabase: string) => Promise<void>;

export async function makeSqliteTemplate(fill: FillDatabase): Promise<void> {
  const template = sqliteTemplate();
  if (existsSync(template)) return;
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (FINISHED.test(name)) rmSync(path.join(folder, name));
  }
  const unfinished = path.join(folder, `unfinished-${process.pid}.db`);
  await fill(unfinished);
  renameSync(unfinished, template);
}

export async function makePostgresTemplate(server: string, fill: FillDatabase): Promise<void> {
  const template = postgresTemplate();
  const found = await onPostgres(server, `select 1 from pg_database where datname = '${template}'`);
  if (found.length > 0) return;
  const unfinished = `${template}_${process.pid}`;
  await onPostgres(server, `create database ${unfinished} template template0`);
  const url = new URL(server);
  url.pathname = `/${unfinished}`;
  await fill(url.toString());
  // Nobody may be connected to what is copied, the autovacuum included.
  await onPostgres(server, `alter database ${unfinished} allow_connections false`);
  try {
    await onPostgres(server, `alter database ${unfinished} rename to ${template}`);
  } catch (error) {
    if (!saysPostgres(error, SAME_DATABASE)) throw error;
    await onPostgres(server, `drop database ${unfinished} with (force)`);
  }
}
