// @ts-check
/*
 * npm test: sets up what it lacks, then checks everything, stopping at what fails. Plain JavaScript,
 * because it runs before anything is installed.
 *
 *   npm test -- --only unit,integration:sqlite   some stages
 *   npm test -- --only unit tools/mailbox        some files of them
 */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { buildEverything } from '../setup/build.mjs';
import { stopCommands } from '../setup/commands.mjs';
import { checkNode, installPackages } from '../setup/install.mjs';
import { createProgress } from '../setup/progress.mjs';
import { explain } from '../setup/stop-error.mjs';
import { ensureChromium, ensureFonts } from './chromium.mjs';
import { LINE_REQUESTS, LOGS, RESULTS } from './paths.mjs';
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';
import { runStage } from './run-stage.mjs';
import { chooseStages, groupStages } from './stages.mjs';

const progress = createProgress(process.stdout);

/** @type {(() => Promise<void>)[]} */
const stops = [];

/**
 * @param {Set<import('./stages.mjs').Need>} needs
 * @returns {Promise<import('./stages.mjs').Services>}
 */
async function setUp(needs) {
  await progress.step('Node', (step) => step.detail(checkNode()));
  await installPackages(progress, LOGS);
  /** @type {import('./stages.mjs').Services} */
  const services = {};
  if (needs.has('chromium')) {
    services.chromium = await progress.step('Chromium', ensureChromium);
    await progress.step('Fonts for Japanese', ensureFonts);
  }
  if (needs.has('postgres')) {
    const postgres = await progress.step('PostgreSQL', startPostgres);
    stops.push(postgres.stop);
    services.postgres = postgres.url;
  }
  if (needs.has('redis')) {
    const redis = await progress.step('Redis', startRedis);
    stops.push(redis.stop);
    services.redis = redis.url;
  }
  if (needs.has('build')) await buildEverything(progress, LOGS);
  return services;
}

/**
 * @param {import('./stages.mjs').Stage} stage
 * @param {import('./stages.mjs').Services} services
 * @param {string[]} rest
 * @param {boolean} kept another stage has the terminal: what this one prints is shown when it is over
 */
async function timeStage(stage, services, rest, kept) {
  const since = Date.now();
  const title = `\n── ${stage.name}`;
  /** @type {string[]} */
  const printed = [];
  if (!kept) progress.note(title);
  const keep = kept ? (/** @type {string} */ chunk) => void printed.push(chunk) : undefined;
  const counts = await runStage(stage, services, rest, keep);
  if (kept) progress.note(`${title}\n${printed.join('')}`);
  const mark = counts.failed > 0 ? '✖' : '✔';
  return {
    counts,
    line: `  ${mark} ${stage.name} (${((Date.now() - since) / 1000).toFixed(1)} s)`,
  };
}

/**
 * @param {import('./stages.mjs').Stage[]} stages
 * @param {string[]} rest
 */
async function runStages(stages, rest) {
  const services = await setUp(new Set(stages.flatMap((stage) => stage.needs)));
  rmSync(LINE_REQUESTS, { force: true });
  mkdirSync(path.dirname(LINE_REQUESTS), { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const times = [];
  for (const group of groupStages(stages)) {
    const results = await Promise.all(
      group.map((stage, place) => timeStage(stage, services, stage.project ? rest : [], place > 0)),
    );
    for (const { counts, line } of results) {
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
      times.push(line);
    }
    if (total.failed > 0) break;
  }
  progress.note(`\n${times.join('\n')}\n`);
  return total;
}

async function stopServices() {
  stopCommands();
  for (const stop of stops.splice(0).reverse()) await stop();
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => void stopServices().then(() => process.exit(130)));
}

async function main() {
  const options = { only: /** @type {const} */ ({ type: 'string' }) };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  rmSync(RESULTS, { recursive: true, force: true });
  const total = await runStages(chooseStages(values.only), positionals);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  progress.note(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

let code = 1;
try {
  code = await main();
} catch (error) {
  progress.note(`\n${explain(error)}\n\n0 passed, 1 failed`);
} finally {
  await stopServices();
}
process.exitCode = code;
