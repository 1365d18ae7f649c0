// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { lastLines } from '../setup/commands.mjs';
import { ROOT } from '../setup/root.mjs';
import { LOGS } from './paths.mjs';
import { StopError } from '../setup/stop-error.mjs';

const LEASH = pathToFileURL(path.join(ROOT, 'tools', 'demo', 'leash.mjs')).href;
const GRACE_MS = 8000;

/**
 * @typedef {object} Service
 * @property {string} name
 * @property {string[]} args what node runs
 * @property {Record<string, string>} [env]
 * @property {string} readyUrl answers (with any status) when the service is up
 * @property {string} advice what to do when it dies
 */

/** @param {string} log */
const tailOf = (log) => `Its last lines (${path.relative(ROOT, log)}):\n${lastLines(log)}`;

/**
 * @param {Service} service
 * @param {string} log
 */
async function untilReady(service, log) {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    const answer = await fetch(service.readyUrl, { redirect: 'manual' }).catch(() => undefined);
    if (answer) return;
    await sleep(150);
  }
  throw new StopError(
    `${service.name} does not answer at ${service.readyUrl}. ${tailOf(log)}`,
    service.advice,
  );
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await exited;
  clearTimeout(timer);
}

/** The servers of the demo: started one by one, stopped together, last one first. */
export function createChildren() {
  /** @type {{ service: Service, child: import('node:child_process').ChildProcess, log: string }[]} */
  const started = [];
  let stopping = false;
  /** @type {(error: Error) => void} */
  let fail = () => {};
  /** @type {Promise<never>} */
  const failure = new Promise((_, reject) => {
    fail = reject;
  });
  failure.catch(() => {});

  /** @param {Service} service */
  async function start(service) {
    mkdirSync(LOGS, { recursive: true });
    const log = path.join(LOGS, `${service.name}.log`);
    const output = openSync(log, 'w');
    const child = spawn(process.execPath, ['--import', LEASH, ...service.args], {
      cwd: ROOT,
      env: { ...process.env, ...service.env },
      stdio: ['pipe', output, output],
      // Out of reach of the terminal's Ctrl-C: this program stops its children in order.
      detached: true,
    });
    closeSync(output);
    writeFileSync(path.join(LOGS, `${service.name}.pid`), String(child.pid));
    started.push({ service, child, log });
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      if (stopping) return;
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      fail(new StopError(`${service.name} ${how}. ${tailOf(log)}`, service.advice));
    });
    await Promise.race([failure, untilReady(service, log)]);
  }

  return {
    start,
    /** Rejects when a child that should be running ends. */
    failure,
    async stop() {
      stopping = true;
      for (const { child } of [...started].reverse()) await end(child);
    },
  };
}
