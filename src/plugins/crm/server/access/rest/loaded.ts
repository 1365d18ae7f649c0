/** What was loaded for a request, kept while it only reads. */
import type { Context } from 'koa';

import { nothingLoaded, type Loaded } from './knowledge';

const loadedByRequest = new WeakMap<object, Loaded>();
const reading = new WeakSet<object>();

/** A GraphQL query is posted and yet only reads. */
export const markReading = (ctx: Context): void => void reading.add(ctx);

/** A mutation may change the rules while it runs. */
export function markWriting(ctx: Context): void {
  reading.delete(ctx);
  loadedByRequest.delete(ctx);
}

export function loadedOf(ctx: Context | undefined): Loaded {
  if (!ctx || !(['GET', 'HEAD'].includes(ctx.method) || reading.has(ctx))) return nothingLoaded();
  const existing = loadedByRequest.get(ctx);
  if (existing) return existing;
  const created = nothingLoaded();
  loadedByRequest.set(ctx, created);
  return created;
}
