// @ts-check
/*
 * npm run faults: kills it again and again, far more often than npm test does, and says what was
 * lost. Pieces that are done stay done: stopped in the middle, it goes on there the next time.
 * Needs npm run build:server; TEST_DATABASE=postgres and TEST_POSTGRES_URL as the tests do.
 *
 *   npm run faults -- --only ingest   one kind: sender, ingest, overload
 *   npm run faults -- --minutes 10    begins no further piece after that
 *   npm run faults -- --at-once 2     so many pieces side by side
 *   npm run faults -- --anew          forgets what was done before
 */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { ROOT } from '../setup/root.mjs';
import { KINDS } from './kinds.mjs';

const database = process.env.TEST_DATABASE === 'postgres' ? 'postgres' : 'sqlite';
const FOLDER = path.join(ROOT, '.tmp', 'faults', database);
const VITEST = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');

/** @typedef {{ kind: import('./kinds.mjs').Kind, number: number }} Piece */

/** @param {Piece} piece @param {string} ending */
const fileOf = ({ kind, number }, ending) => path.join(FOLDER, `${kind.name}-${number}.${ending}`);

/** @param {Piece} piece */
const isDone = (piece) => existsSync(fileOf(piece, 'json'));

/**
 * @param {Piece} piece
 * @returns {Promise<boolean>} whether it held
 */
function run(piece) {
  const log = createWriteStream(fileOf(piece, 'log'));
  const report = { FAULT_REPORT: fileOf(piece, 'json') };
  const child = spawn(
    process.execPath,
    [VITEST, 'run', '--project', 'integration', piece.kind.file],
    { cwd: ROOT, env: { ...process.env, ...piece.kind.env, ...report } },
  );
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)));
}

/** @param {import('./kinds.mjs').Kind} kind */
function summaryOf(kind) {
  /** @type {Record<string, number>} */
  const sums = {};
  const done = piecesOf(kind).filter(isDone);
  for (const piece of done) {
    /** @type {Record<string, number>} */
    const figures = JSON.parse(readFileSync(fileOf(piece, 'json'), 'utf8'));
    for (const [name, figure] of Object.entries(figures)) sums[name] = (sums[name] ?? 0) + figure;
  }
  const words = Object.entries(sums).map(([name, figure]) => `${name} ${figure}`);
  return `${kind.name}: ${done.length} of ${kind.pieces} pieces. ${words.join(', ')}`;
}

/** @param {import('./kinds.mjs').Kind} kind @returns {Piece[]} */
const piecesOf = (kind) =>
  Array.from({ length: kind.pieces }, (_, at) => ({ kind, number: at + 1 }));

/** @param {Piece[]} left @param {{ until: number, atOnce: number }} limits */
async function runAll(left, { until, atOnce }) {
  let failed = 0;
  const worker = async () => {
    while (Date.now() < until) {
      const piece = left.shift();
      if (!piece) return;
      const since = Date.now();
      const held = await run(piece);
      if (!held) failed += 1;
      const word = held ? 'held' : `FAILED, see ${fileOf(piece, 'log')}`;
      const took = Math.round((Date.now() - since) / 1000);
      process.stdout.write(`${piece.kind.name} ${piece.number}: ${word} (${took} s)\n`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return failed;
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    minutes: { type: 'string', default: '1000' },
    'at-once': { type: 'string', default: '1' },
    anew: { type: 'boolean', default: false },
  },
});
const kinds = KINDS.filter(({ name }) => values.only === undefined || values.only === name);
if (kinds.length === 0) throw new Error(`--only: one of ${KINDS.map(({ name }) => name).join()}`);
if (values.anew) for (const kind of kinds) for (const piece of piecesOf(kind)) forget(piece);
mkdirSync(FOLDER, { recursive: true });
for (const { name, says } of kinds) process.stdout.write(`${name}: ${says}\n`);
const left = kinds.flatMap(piecesOf).filter((piece) => !isDone(piece));
const until = Date.now() + Number(values.minutes) * 60_000;
const failed = await runAll(left, { until, atOnce: Number(values['at-once']) });
for (const kind of kinds) process.stdout.write(`${summaryOf(kind)}\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {Piece} piece */
function forget(piece) {
  for (const ending of ['json', 'log']) rmSync(fileOf(piece, ending), { force: true });
}
