// @ts-check
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { ROOT } from './root.mjs';
import { StopError } from './stop-error.mjs';

/**
 * The last lines of a log, for a message that says what went wrong.
 *
 * @param {string} file
 * @param {number} [count]
 */
export function lastLines(file, count = 15) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '(no log)';
  }
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends commands that are still at work; for Ctrl-C in the middle of an install or a build. */
export function stopCommands() {
  for (const child of running) {
    if (child.pid !== undefined) {
      try {
        process.kill(-child.pid, 'SIGTERM');
      } catch {
        // It ended by itself in between.
      }
    }
  }
}

/**
 * Runs a command to its end with its output in a log file; resolves with what it printed on stdout
 * and rejects with its last lines when it fails.
 *
 * @param {string} logFile
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, advice?: string, onLine?: (line: string) => void }} [options]
 * @returns {Promise<string>}
 */
export function runCommand(logFile, command, args, options = {}) {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C reaches this program, which ends the group in order.
      detached: true,
    });
    running.add(child);
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      log.write(chunk);
      const line = String(chunk).trim().split('\n').at(-1);
      if (line) options.onLine?.(line);
    });
    child.stderr.on('data', (chunk) => log.write(chunk));
    child.on('error', (error) => reject(new StopError(`${command}: ${error.message}`)));
    child.on('close', (code) => {
      running.delete(child);
      log.end(() => {
        if (code === 0) resolve(stdout);
        else
          reject(
            new StopError(
              `${command} ${args.join(' ')} failed.\n${lastLines(logFile)}`,
              options.advice,
            ),
          );
      });
    });
  });
}
