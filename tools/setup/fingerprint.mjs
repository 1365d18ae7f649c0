// @ts-check
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { ROOT } from './root.mjs';

const SKIPPED = new Set(['node_modules', 'dist', 'build', '.cache', '.tmp', '.strapi']);

/**
 * @param {string} entry
 * @returns {string[]}
 */
function filesUnder(entry) {
  const stats = statSync(entry, { throwIfNoEntry: false });
  if (!stats) return [];
  if (stats.isFile()) return [entry];
  return readdirSync(entry)
    .filter((name) => !SKIPPED.has(name))
    .sort()
    .flatMap((name) => filesUnder(path.join(entry, name)));
}

/**
 * One hash over the content and names of files and folders; tests do not change a build.
 *
 * @param {string[]} entries relative to the project
 */
export function fingerprint(entries) {
  const hash = createHash('sha256');
  for (const file of entries.flatMap((entry) => filesUnder(path.join(ROOT, entry)))) {
    if (/\.test\.(tsx?|mjs)$/.test(file)) continue;
    hash.update(path.relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} file
 * @returns {string}
 */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

/**
 * @param {string} file
 * @param {string} value
 */
export function writeStamp(file, value) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${value}\n`);
}
