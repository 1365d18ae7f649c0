// @ts-check
import net from 'node:net';

import { StopError } from './stop-error.mjs';

/** What listens, and where it would like to. */
export const WISHES = { site: 1337, mailbox: 8025, smtp: 1025, line: 4010 };

/** @typedef {Record<keyof typeof WISHES, number>} Ports */

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/**
 * @param {number} from
 * @param {Set<number>} taken
 */
async function nextFree(from, taken) {
  for (let port = from; port < from + 200; port += 1) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new StopError(
    `No free port between ${from} and ${from + 199}.`,
    'Give another range: --ports-from N',
  );
}

/**
 * A free port for everything; each one that had to move is reported.
 *
 * @param {{ portsFrom: number | undefined, last: Record<string, number>, report: (text: string) => void }} options
 * @returns {Promise<Ports>}
 */
export async function choosePorts({ portsFrom, last, report }) {
  const taken = new Set();
  /** @type {Ports} */
  const ports = { ...WISHES };
  for (const [index, name] of /** @type {(keyof Ports)[]} */ (Object.keys(WISHES)).entries()) {
    const wish = portsFrom === undefined ? (last[name] ?? WISHES[name]) : portsFrom + index;
    ports[name] = await nextFree(wish, taken);
    taken.add(ports[name]);
    if (ports[name] !== wish) {
      report(
        `  ! port ${wish} (${name}) is in use; taking ${ports[name]} / ${wish} 番は使用中のため ${ports[name]} 番を使います`,
      );
    }
  }
  return ports;
}
