// @ts-check
import { createAdminClient } from '../demo/admin-client.mjs';
import { createChildren } from '../demo/children.mjs';
import { choosePorts } from '../demo/demo-ports.mjs';
import { takeLock } from '../demo/lock.mjs';
import { parseOptions } from '../demo/options.mjs';
import { LOGS } from '../demo/paths.mjs';
import { importData, makeData } from '../demo/seed.mjs';
import { lineService, mailboxService, origin } from '../demo/services.mjs';
import { loadSettings } from '../demo/settings.mjs';
import { addShowcase } from '../demo/showcase/index.mjs';
import { buildEverything } from '../setup/build.mjs';
import { stopCommands } from '../setup/commands.mjs';
import { checkNode, installPackages } from '../setup/install.mjs';
import { nextFree } from '../setup/ports.mjs';
import { createProgress } from '../setup/progress.mjs';
import { explain } from '../setup/stop-error.mjs';
import { ownPostgres } from '../test/postgres.mjs';
import { ownRedis } from '../test/redis.mjs';
import { createBalancer } from './balancer.mjs';
import { nodeService } from './nodes.mjs';

const HELP = `npm run cluster [-- options]

  Three nodes, a worker and a balancer on one PostgreSQL and one Redis, filled with the demo's data.

  --empty          without the demo's people and orders
  --json           print one JSON object on stdout when ready, progress on stderr
  --ports-from N   take ports from N on
  --help           this text
`;

const children = createChildren();
/** One for each node, for one that is killed is what this is for. @type {ReturnType<typeof createChildren>[]} */
const nodesAlive = [];
/** What is stopped after the nodes, the last one first. @type {(() => unknown)[]} */
const stops = [];

/** @param {import('../setup/progress.mjs').Progress} progress */
async function startStores(progress) {
  const postgres = await progress.step('PostgreSQL', ownPostgres);
  stops.push(postgres.stop);
  const redis = await progress.step('Redis', ownRedis);
  stops.push(redis.stop);
  return { postgres: postgres.url, redis: redis.url };
}

/** @param {string} name @returns {'web' | 'worker'} */
const roleOf = (name) => (name === 'worker' ? 'worker' : 'web');

/** @param {import('../demo/demo-ports.mjs').Ports} ports */
async function chooseNodes(ports) {
  const taken = new Set(Object.values(ports));
  let next = Math.max(...taken) + 1;
  const nodes = [];
  for (const name of ['node1', 'node2', 'node3', 'worker']) {
    const port = await nextFree(next, taken);
    next = port + 1;
    nodes.push({ name, port, role: roleOf(name) });
  }
  return nodes;
}

/**
 * A node that ends later is told of, and the others go on.
 *
 * @param {import('../demo/children.mjs').Service} service
 * @param {(text: string) => void} note
 */
async function startNode(service, note) {
  const own = createChildren();
  nodesAlive.push(own);
  await own.start(service);
  own.failure.catch(() => note(`  ! ${service.name} has ended; the others go on / 停止しました`));
}

/** @param {import('../demo/options.mjs').DemoOptions & { empty: boolean }} options */
async function run(options) {
  const stream = options.json ? process.stderr : process.stdout;
  const progress = createProgress(stream);
  takeLock();
  await progress.step('Node', (step) => step.detail(checkNode()));
  await installPackages(progress, LOGS);
  await buildEverything(progress, LOGS);

  const settings = loadSettings({ fresh: true });
  const ports = await choosePorts({
    portsFrom: options.portsFrom,
    last: {},
    report: progress.note,
  });
  const nodes = await chooseNodes(ports);
  const shared = { ports, settings, ...(await startStores(progress)) };

  await progress.step('Mailbox and LINE / メールとLINE', () =>
    Promise.all([
      children.start(mailboxService(ports)),
      children.start(lineService(ports, settings)),
    ]),
  );
  // All at once, on an empty database: they take turns by themselves.
  await progress.step('Three nodes and a worker / ノード3台とワーカー', () =>
    Promise.all(nodes.map((node) => startNode(nodeService(node, shared), progress.note))),
  );
  const balancer = createBalancer(nodes.filter(({ role }) => role === 'web'));
  stops.push(() => balancer.stop());
  await balancer.listen(ports.site);

  const filling = options.empty ? begin : fill;
  await Promise.race([children.failure, filling(progress, settings, origin(ports.site))]);
  const summary = {
    site: origin(ports.site),
    admin: `${origin(ports.site)}/admin`,
    adminEmail: settings.admin.email,
    adminPassword: settings.admin.password,
    mailbox: origin(ports.mailbox),
    line: origin(ports.line),
    nodes: Object.fromEntries(nodes.map(({ name, port }) => [name, origin(port)])),
    postgres: shared.postgres,
    redis: shared.redis,
    logs: LOGS,
  };
  stream.write(format(summary));
  if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  await children.failure;
}

/**
 * @param {import('../setup/progress.mjs').Progress} progress
 * @param {import('../demo/settings.mjs').Settings} settings
 * @param {string} site
 */
const begin = (progress, settings, site) =>
  progress.step('First admin / 管理者', () => createAdminClient(site, settings.admin));

/**
 * @param {import('../setup/progress.mjs').Progress} progress
 * @param {import('../demo/settings.mjs').Settings} settings
 * @param {string} site
 */
async function fill(progress, settings, site) {
  await makeData(progress, undefined);
  const admin = await begin(progress, settings, site);
  await importData(progress, admin);
  await progress.step('Examples for editors / 編集の例', () => addShowcase(admin));
}

/**
 * @param {{ site: string, admin: string, adminEmail: string, adminPassword: string, mailbox: string, line: string, nodes: Record<string, string>, postgres: string, redis: string, logs: string }} summary
 */
const format = (summary) => `
  The cluster is ready / 準備ができました

    Site      サイト        ${summary.site}   (the balancer; x-served-by names the node)
    Admin     管理画面      ${summary.admin}
              ログイン      ${summary.adminEmail}  /  ${summary.adminPassword}
    Mailbox   メール        ${summary.mailbox}
    LINE      LINEの画面    ${summary.line}
    Nodes     ノード        ${Object.entries(summary.nodes)
      .map(([name, url]) => `${name} ${url}`)
      .join('\n                            ')}
    PostgreSQL              ${summary.postgres}
    Redis                   ${summary.redis}
    Logs      ログ          ${summary.logs}   (with the process number of each, to stop or freeze one)

  Ctrl-C stops everything and throws the data away.
  Ctrl-C で終了し、データは消えます。
`;

let ending = false;

/** @param {number} code */
async function end(code) {
  if (ending) return;
  ending = true;
  stopCommands();
  await Promise.all(nodesAlive.map((own) => own.stop()));
  await children.stop();
  for (const stop of stops.splice(0).reverse()) await stop();
  process.exit(code);
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (!ending) process.stderr.write('\n  Stopping … / 終了しています…\n');
    void end(0);
  });
}

try {
  const argv = process.argv.slice(2);
  const options = {
    ...parseOptions(argv.filter((word) => word !== '--empty')),
    empty: argv.includes('--empty'),
  };
  if (options.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  await run(options);
} catch (error) {
  if (!ending) process.stderr.write(`\n${explain(error)}\n`);
  await end(1);
}
