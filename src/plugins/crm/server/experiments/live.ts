/**
 * The experiments that decide what people see, in memory: every page asks. A node sees its own
 * changes with the next request, another node's (PostgreSQL) after a second.
 */
import type { Core } from '@strapi/strapi';

import type { Experiment } from '../../shared/experiments';
import { clock, database, isPostgres } from '../kernel';
import { liveExperiments } from './store/experiments';

interface Live {
  read(): Promise<readonly Experiment[]>;
  /** Something was changed. */
  forget(): void;
}

const OTHER_NODES_MS = 1_000;

const books = new WeakMap<object, Live>();

export function live(strapi: Core.Strapi): Live {
  const existing = books.get(strapi);
  if (existing) return existing;
  const created = createLive(strapi);
  books.set(strapi, created);
  return created;
}

function createLive(strapi: Core.Strapi): Live {
  const maxAge = isPostgres(database(strapi)) ? OTHER_NODES_MS : Number.POSITIVE_INFINITY;
  let kept: { readonly experiments: Promise<readonly Experiment[]>; readonly at: number } | null =
    null;
  return {
    read() {
      const now = clock(strapi).shared().getTime();
      if (kept && Math.abs(now - kept.at) < maxAge) return kept.experiments;
      const experiments = liveExperiments(strapi);
      const mine = { experiments, at: now };
      kept = mine;
      experiments.catch(() => {
        if (kept === mine) kept = null;
      });
      return experiments;
    },
    forget() {
      kept = null;
    },
  };
}
