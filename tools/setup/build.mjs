// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';

import { runCommand } from './commands.mjs';
import { fingerprint, readStamp, writeStamp } from './fingerprint.mjs';
import { ROOT } from './root.mjs';

const STAMP = path.join(ROOT, '.cache', 'enishi-build');

/** What a build is made of. */
const SOURCES = ['package-lock.json', 'package.json', 'tsconfig.json', 'config', 'src'];

/** What a build leaves; a stamp without them is worth nothing. */
const PRODUCTS = ['dist/build/index.html', 'src/plugins/crm/dist/server/index.js'];

const isComplete = () => PRODUCTS.every((file) => existsSync(path.join(ROOT, file)));

/**
 * Builds the plugin's server, the application and the admin, unless nothing changed since.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} logs folder
 */
export async function buildEverything(progress, logs) {
  await progress.step('Build / ビルド', async (step) => {
    const wanted = fingerprint(SOURCES);
    if (isComplete() && readStamp(STAMP) === wanted) {
      step.detail('up to date');
      return;
    }
    step.detail('server and admin, about a minute');
    await runCommand(path.join(logs, 'build.log'), 'npm', ['run', 'build'], {
      env: { NODE_ENV: 'production', STRAPI_TELEMETRY_DISABLED: 'true' },
      advice: `The admin build needs about 2 GB of memory. The full log is build.log in ${path.relative(ROOT, logs)}.`,
    });
    if (!isComplete()) throw new Error(`the build left no ${PRODUCTS.join(' or ')}`);
    writeStamp(STAMP, wanted);
    step.detail('built');
  });
}
