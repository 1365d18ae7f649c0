// @ts-check
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { runCommand } from './commands.mjs';
import { fingerprint, readStamp, writeStamp } from './fingerprint.mjs';
import { ROOT } from './root.mjs';
import { StopError } from './stop-error.mjs';

const STAMP = path.join(ROOT, 'node_modules', '.enishi-installed');

const COMPILER_ADVICE = `A C++ toolchain is needed to build the SQLite driver:
  Debian, Ubuntu:  sudo apt-get install -y build-essential python3
  macOS:           xcode-select --install
  Windows:         winget install Microsoft.VisualStudio.2022.BuildTools (workload "C++")`;

/** Node 20.19 or later of 20, 22, 23 or 24: what package.json promises. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19) || major >= 25) {
    throw new StopError(
      `Node ${version} is not supported.`,
      'Install Node 20.19 or later, 22 or 24 from https://nodejs.org and try again.',
    );
  }
  return version;
}

/** Whether a C++ compiler answers; without one, only a prebuilt SQLite driver can be used. */
export function hasCompiler() {
  return [process.env.CXX, 'c++', 'g++', 'clang++'].some(
    (compiler) => compiler && spawnSync(compiler, ['--version'], { stdio: 'ignore' }).status === 0,
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/** Whether what npm says it installed is what the lockfile asks for; a developer's install counts. */
function matchesLockfile() {
  const installed = lockedPackages('node_modules/.package-lock.json');
  return (
    Object.keys(installed).length > 0 &&
    Object.entries(lockedPackages('package-lock.json')).every(
      ([name, { version, optional }]) =>
        name === '' || optional === true || installed[name]?.version === version,
    )
  );
}

/**
 * Installs what the lockfile names, unless that is what stands there already.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} logs folder
 */
export async function installPackages(progress, logs) {
  const wanted = fingerprint(['package-lock.json']);
  await progress.step('Packages / パッケージ', async (step) => {
    if (readStamp(STAMP) === wanted || matchesLockfile()) {
      step.detail('up to date');
    } else {
      step.detail('npm ci, a few minutes the first time');
      await runCommand(path.join(logs, 'install.log'), 'npm', ['ci', '--no-audit', '--no-fund'], {
        advice: hasCompiler() ? 'Check the network and try again.' : COMPILER_ADVICE,
      });
      step.detail('installed');
    }
    writeStamp(STAMP, wanted);
  });
}
