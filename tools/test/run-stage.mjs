// @ts-check
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { ROOT } from '../setup/root.mjs';
import { RESULTS } from './paths.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Runs a command with its output on this terminal, or handed to `keep` where something else is shown.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @param {((chunk: string) => void) | undefined} [keep]
 * @returns {Promise<number>} its exit code
 */
export function runVisibly(command, args, env, keep) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', keep ? 'pipe' : 'inherit', keep ? 'pipe' : 'inherit'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => keep?.(chunk));
    }
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/**
 * @param {string} file vitest's JSON report
 * @returns {Counts}
 */
function readCounts(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/**
 * @param {import('./stages.mjs').Stage} stage
 * @param {import('./stages.mjs').Services} services
 * @param {string[]} rest more arguments for vitest, a file for example
 * @param {((chunk: string) => void) | undefined} [keep] takes what it prints; without it, it is shown
 * @returns {Promise<Counts>}
 */
export async function runStage(stage, services, rest, keep) {
  const env = stage.env?.(services) ?? {};
  if (!stage.project) {
    const code = await runVisibly('npm', ['run', '--silent', stage.script ?? ''], env, keep);
    return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  }
  mkdirSync(RESULTS, { recursive: true });
  const report = path.join(RESULTS, `${stage.name.replace(':', '-')}.json`);
  rmSync(report, { force: true });
  const vitest = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = [vitest, 'run', '--project', stage.project, ...reporters, ...rest];
  const code = await runVisibly(process.execPath, args, env, keep);
  const counts = readCounts(report);
  // A crash outside of any test, or a file that could not be read, fails without a failed test.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
