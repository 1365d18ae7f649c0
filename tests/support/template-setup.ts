/** Before the integration tests: the database that all of them begin with. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { makePostgresTemplate, makeSqliteTemplate } from './database-template';

const root = path.resolve(__dirname, '..', '..');

/** In a process of its own: Strapi leaves listeners and timers behind. */
async function fill(keepDatabase: string): Promise<void> {
  const program = path.join(__dirname, 'boot-once.ts');
  await promisify(execFile)(process.execPath, ['--import', 'tsx', program, keepDatabase], {
    cwd: root,
  });
}

export default async function setup(): Promise<void> {
  const { TEST_DATABASE, TEST_POSTGRES_URL } = process.env;
  if (TEST_DATABASE === 'postgres' && TEST_POSTGRES_URL) {
    await makePostgresTemplate(TEST_POSTGRES_URL, fill);
  } else await makeSqliteTemplate(fill);
}
