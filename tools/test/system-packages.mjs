// @ts-check
import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { runCommand } from '../setup/commands.mjs';
import { StopError } from '../setup/stop-error.mjs';
import { LOGS } from './paths.mjs';

/** @param {string} command */
function answers(command) {
  return spawnSync('sh', ['-c', command], { stdio: 'ignore' }).status === 0;
}

/** How this user may run apt-get: directly, by sudo without a password, or not at all. */
function aptPrefix() {
  if (!answers('command -v apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  return answers('sudo -n true') ? ['sudo', '-n'] : undefined;
}

let isListFresh = false;

/** @param {string[]} prefix */
async function refreshList(prefix) {
  if (isListFresh) return;
  const [command = '', ...args] = [...prefix, 'apt-get', 'update'];
  await runCommand(path.join(LOGS, 'apt-update.log'), command, args);
  isListFresh = true;
}

/**
 * Installs system packages where it may; where it may not, it fails with the command to run.
 *
 * @param {string} what
 * @param {string[]} packages of Debian
 * @param {string} [elsewhere] the command on other systems
 */
export async function installSystemPackages(what, packages, elsewhere) {
  const byHand = `sudo apt-get install -y ${packages.join(' ')}${elsewhere ? `\n  or: ${elsewhere}` : ''}`;
  const prefix = aptPrefix();
  if (!prefix) throw new StopError(`${what} is missing.`, byHand);
  await refreshList(prefix);
  const [command = '', ...args] = [
    ...prefix,
    ...['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y'],
    ...['--no-install-recommends', ...packages],
  ];
  await runCommand(path.join(LOGS, `apt-${packages[0]}.log`), command, args, { advice: byHand });
}
