import type { Core } from '@strapi/strapi';

/** The only source of time in the plugin. Tests and dry runs set it; everything else reads it. */
export interface Clock {
  now(): Date;
  /** Fixes the time until `reset`; for tests and dry runs only. */
  set(instant: Date): void;
  advance(milliseconds: number): void;
  reset(): void;
}

const clocks = new WeakMap<object, Clock>();

function createClock(): Clock {
  let fixed: number | null = null;
  return {
    now: () => new Date(fixed ?? Date.now()),
    set: (instant) => {
      fixed = instant.getTime();
    },
    advance: (milliseconds) => {
      fixed = (fixed ?? Date.now()) + milliseconds;
    },
    reset: () => {
      fixed = null;
    },
  };
}

export function clock(strapi: Core.Strapi): Clock {
  const existing = clocks.get(strapi);
  if (existing) return existing;
  const created = createClock();
  clocks.set(strapi, created);
  return created;
}
