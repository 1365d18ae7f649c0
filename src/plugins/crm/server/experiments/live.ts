/**
 * The experiments that decide what people see, in memory: every page asks. A change shows with the
 * next request, on every node.
 */
import type { Core } from '@strapi/strapi';

import type { Experiment } from '../../shared/experiments';
import { clock, nodeMemory } from '../kernel';
import { liveExperiments } from './store/experiments';

interface Live {
  read(): Promise<readonly Experiment[]>;
  /** Something was changed; the other nodes are told. */
  changed(): Promise<void>;
}

const books = new WeakMap<object, Live>();

export function live(strapi: Core.Strapi): Live {
  const existing = books.get(strapi);
  if (existing) return existing;
  const created = createLive(strapi);
  books.set(strapi, created);
  return created;
}

function createLive(strapi: Core.Strapi): Live {
  let kept: { readonly experiments: Promise<readonly Experiment[]>; readonly at: number } | null =
    null;
  const forget = () => {
    kept = null;
  };
  const memory = nodeMemory(strapi, 'experiments.live', forget);
  return {
    read() {
      const now = clock(strapi).shared().getTime();
      if (kept && Math.abs(now - kept.at) < memory.maxAge()) return kept.experiments;
      const experiments = liveExperiments(strapi);
      const mine = { experiments, at: now };
      kept = mine;
      experiments.catch(() => {
        if (kept === mine) kept = null;
      });
      return experiments;
    },
    async changed() {
      forget();
      await memory.changed();
    },
  };
}
