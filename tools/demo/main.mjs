// @ts-check
/*
 * npm run demo: from a fresh clone to a shop that works, in one terminal. Plain JavaScript, because it
 * runs before anything is installed.
 */
import { existsSync } from 'node:fs';

import { createAdminClient } from './admin-client.mjs';
import { buildEverything } from '../setup/build.mjs';
import { createChildren } from './children.mjs';
import { buildForDevelopment, developService, watchPluginServer } from './develop.mjs';
import { stopCommands } from '../setup/commands.mjs';
import { checkNode, hasCompiler, installPackages } from '../setup/install.mjs';
import { takeLock } from './lock.mjs';
import { HELP, parseOptions } from './options.mjs';
import { choosePorts } from './demo-ports.mjs';
import { createProgress } from '../setup/progress.mjs';
import { LOGS } from './paths.mjs';
import { importData, makeData } from './seed.mjs';
import { addShowcase } from './showcase/index.mjs';
import { lineService, mailboxService, origin, siteService } from './services.mjs';
import { loadSettings, saveSettings } from './settings.mjs';
import { explain, StopError } from '../setup/stop-error.mjs';
import { createSummary, formatSummary } from './summary.mjs';

const children = createChildren();
let stopWatching = () => {};

/** @param {import('./options.mjs').DemoOptions} options */
function checkOptions(options) {
  if (options.orders && !existsSync(options.orders)) {
    throw new StopError(`--orders ${options.orders}: there is no such file.`);
  }
}

/**
 * The first start: the first admin, the data through the product's own import, a token.
 *
 * @param {import('../setup/progress.mjs').Progress} progress
 * @param {import('./options.mjs').DemoOptions} options
 * @param {import('./settings.mjs').Settings} settings
 * @param {string} site
 */
async function fill(progress, options, settings, site) {
  await makeData(progress, options.orders);
  const admin = await progress.step('First admin / 管理者', () =>
    createAdminClient(site, settings.admin),
  );
  await importData(progress, admin);
  await progress.step('Examples for editors / 編集の例', () => addShowcase(admin));
  settings.apiToken = await admin.createApiToken();
  settings.seeded = true;
  saveSettings(settings);
}

/** @param {import('./options.mjs').DemoOptions} options */
async function run(options) {
  const stream = options.json ? process.stderr : process.stdout;
  const progress = createProgress(stream);
  checkOptions(options);
  takeLock();
  await progress.step('Node', (step) => {
    step.detail(`${checkNode()}${hasCompiler() ? '' : ', no C++ compiler found'}`);
  });
  await installPackages(progress, LOGS);
  await (options.watch ? buildForDevelopment : buildEverything)(progress, LOGS);

  const settings = loadSettings({ fresh: options.fresh || options.orders !== undefined });
  const ports = await choosePorts({
    portsFrom: options.portsFrom,
    last: settings.ports,
    report: progress.note,
  });
  settings.ports = ports;
  saveSettings(settings);

  await progress.step('Mailbox and LINE / メールとLINE', () =>
    Promise.all([
      children.start(mailboxService(ports)),
      children.start(lineService(ports, settings)),
    ]),
  );
  await progress.step('Site / サイト', () =>
    children.start((options.watch ? developService : siteService)(ports, settings)),
  );
  if (!settings.seeded)
    await Promise.race([children.failure, fill(progress, options, settings, origin(ports.site))]);

  const summary = createSummary(ports, settings);
  stream.write(formatSummary(summary));
  if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  if (options.watch) stopWatching = watchPluginServer(progress.note).stop;
  await children.failure;
}

let ending = false;

/** @param {number} code */
async function end(code) {
  if (ending) return;
  ending = true;
  stopCommands();
  stopWatching();
  await children.stop();
  process.exit(code);
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  // npm passes the terminal's signal on, so it may come twice: the first one counts.
  process.on(signal, () => {
    if (!ending) process.stderr.write('\n  Stopping … / 終了しています…\n');
    void end(0);
  });
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else await run(options);
} catch (error) {
  if (!ending) process.stderr.write(`\n${explain(error)}\n`);
  await end(1);
}
