import { AsyncLocalStorage } from 'node:async_hooks';

import type { Core } from '@strapi/strapi';

/** The only source of time in the plugin. Tests and dry runs set it; everything else reads it. */
export interface Clock {
  now(): Date;
  /** `now` outside of any `during`: for the age of what is kept in memory for everybody. */
  shared(): Date;
  /** Whatever `work` does happens at `instant`, for nobody else: a page as it will be next week. */
  during<T>(instant: Date, work: () => T): T;
  /** Fixes the time until `reset`; for tests and dry runs only. */
  set(instant: Date): void;
  advance(milliseconds: number): void;
  reset(): void;
}

const clocks = new WeakMap<object, Clock>();

function createClock(): Clock {
  let fixed: number | null = null;
  const moments = new AsyncLocalStorage<number>();
  const shared = () => fixed ?? Date.now();
  return {
    now: () => new Date(moments.getStore() ?? shared()),
    shared: () => new Date(shared()),
    during: (instant, work) => moments.run(instant.getTime(), work),
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
