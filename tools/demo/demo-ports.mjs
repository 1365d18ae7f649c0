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
