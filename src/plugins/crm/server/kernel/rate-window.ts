/**
 * At most so many calls in any window of time, wherever it begins and whichever node makes them.
 * Nobody is kept waiting here: whoever gets no place hears when to ask again.
 */
import type { Core } from '@strapi/strapi';

import { database, isPostgres } from './database';
import {
  databasePlaces,
  heldPlaces,
  memoryPlaces,
  type Places,
  type RateRule,
} from './rate-places';

/** A place in a window. Must be given back; one that was not used is free at once. */
export interface Place {
  done(wasUsed: boolean): void;
}

export type Asked =
  { readonly ok: true; readonly place: Place } | { readonly ok: false; readonly waitMs: number };

export interface RateWindow {
  /** Rejects when the database cannot be asked. */
  take(): Promise<Asked>;
}

interface Waiting {
  resolve(asked: Asked): void;
  reject(error: unknown): void;
}

const SHORTEST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 60_000;

/** Those who ask in the same moment ask the database together. */
export function createRateWindow(places: Places, rule: () => RateRule): RateWindow {
  let waiting: Waiting[] = [];
  let isAsking = false;
  let fullUntil = -Infinity;

  const group = (current: RateRule, id: string, size: number): Place => {
    let open = size;
    let used = 0;
    return {
      done(wasUsed) {
        open -= 1;
        if (wasUsed) used += 1;
        // What cannot be given back now is given up by itself, later.
        if (open === 0) places.giveBack(current, id, used).catch(() => undefined);
      },
    };
  };

  const ask = async (): Promise<void> => {
    for (let asking = waiting; asking.length > 0; asking = waiting) {
      waiting = [];
      try {
        const current = rule();
        const { id, granted, waitMs } = await places.take(current, asking.length);
        const place = group(current, id, granted);
        const refused = Math.min(Math.max(waitMs, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
        if (granted < asking.length) fullUntil = performance.now() + refused;
        asking.forEach(({ resolve }, index) =>
          resolve(index < granted ? { ok: true, place } : { ok: false, waitMs: refused }),
        );
      } catch (error) {
        for (const { reject } of asking) reject(error);
      }
    }
    isAsking = false;
  };

  return {
    take() {
      const waitMs = fullUntil - performance.now();
      if (waitMs > 0) return Promise.resolve({ ok: false, waitMs });
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        if (isAsking) return;
        isAsking = true;
        setImmediate(() => void ask());
      });
    },
  };
}

/** Windows that a restart must not forget are kept in the database of a single node, too. */
const LONG_MS = 60_000;

/** `rule` is asked each time: a limit may grow from day to day. */
export function rateWindow(
  strapi: Core.Strapi,
  windowMs: number,
  rule: () => Omit<RateRule, 'windowMs'>,
): RateWindow {
  const db = database(strapi);
  const places = isPostgres(db) || windowMs >= LONG_MS ? databasePlaces(db) : memoryPlaces();
  return createRateWindow(places, () => ({ ...rule(), windowMs }));
}

/**
 * Places that are taken of a name just now, on whichever node. Null where a single node counts them
 * in its memory.
 */
export async function placesTaken(
  strapi: Core.Strapi,
  name: string,
  windowMs: number,
): Promise<number | null> {
  const db = database(strapi);
  return isPostgres(db) || windowMs >= LONG_MS ? heldPlaces(db, name) : null;
}
