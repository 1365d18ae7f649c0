// @ts-check
import net from 'node:net';

import { StopError } from './stop-error.mjs';

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
 * The first free port of loopback from a number on.
 *
 * @param {number} from
 * @param {Set<number>} [taken]
 */
export async function nextFree(from, taken = new Set()) {
  for (let port = from; port < from + 200; port += 1) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new StopError(`No free port between ${from} and ${from + 199}.`);
}
