// @ts-check
import { nextFree } from '../setup/ports.mjs';

/** What listens, and where it would like to. */
export const WISHES = { site: 1337, mailbox: 8025, smtp: 1025, line: 4010 };

/** @typedef {Record<keyof typeof WISHES, number>} Ports */

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
  let next = portsFrom;
  for (const name of /** @type {(keyof Ports)[]} */ (Object.keys(WISHES))) {
    const wish = next ?? last[name] ?? WISHES[name];
    ports[name] = await nextFree(wish, taken);
    taken.add(ports[name]);
    if (next !== undefined) next = ports[name] + 1;
    if (ports[name] !== wish) {
      report(
        `  ! port ${wish} (${name}) is in use; taking ${ports[name]} / ${wish} 番は使用中のため ${ports[name]} 番を使います`,
      );
    }
  }
  return ports;
}
