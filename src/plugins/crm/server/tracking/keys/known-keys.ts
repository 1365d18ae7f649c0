/** The write keys that are in force, in memory: one is looked up at every call of a server. */
import type { Core } from '@strapi/strapi';

import type { KeyScope } from '../../../shared/tracking';
import { clock, crmConfig, database, nodeMemory, sha256, type NodeMemory } from '../../kernel';
import { liveKeys, touchKey } from '../store/keys';

/** A key that another node ended, and could not say so, works here for so long at most. */
const KEPT_MS = 5_000;
/** `last_used_at` is for a person's eyes. */
const TOUCH_MS = 60_000;

interface Known {
  readonly readAt: number;
  /** By scope and hash: id and end of those made on the screen, null for those of the configuration. */
  readonly keys: ReadonlyMap<string, KnownKey | null>;
}

interface KnownKey {
  readonly id: number;
  readonly endsAt: number | null;
}

const kept = new WeakMap<object, Promise<Known>>();
const memories = new WeakMap<object, NodeMemory>();
const touched = new WeakMap<object, Map<number, number>>();

const placeOf = (scope: KeyScope, hash: string): string => `${scope} ${hash}`;

async function read(strapi: Core.Strapi, now: number): Promise<Known> {
  const keys = new Map<string, KnownKey | null>();
  const { tracking, commerce } = crmConfig(strapi);
  for (const key of tracking.writeKeys) keys.set(placeOf('events', sha256(key)), null);
  for (const key of commerce.writeKeys) keys.set(placeOf('orders', sha256(key)), null);
  for (const { id, hash, scope, endsAt } of await liveKeys(database(strapi), now)) {
    keys.set(placeOf(scope, hash), { id, endsAt });
  }
  return { readAt: now, keys };
}

async function known(strapi: Core.Strapi, now: number): Promise<Known> {
  memoryOf(strapi);
  const existing = kept.get(strapi);
  const found = existing ? await existing : undefined;
  if (found && Math.abs(now - found.readAt) < KEPT_MS) return found;
  const reading = read(strapi, now);
  kept.set(strapi, reading);
  // A failed read must not be remembered.
  reading.catch(() => kept.delete(strapi));
  return reading;
}

/** What this node hears of when another changes the keys. */
function memoryOf(strapi: Core.Strapi): NodeMemory {
  const existing = memories.get(strapi);
  if (existing) return existing;
  const memory = nodeMemory(strapi, 'tracking.keys', () => void kept.delete(strapi));
  memories.set(strapi, memory);
  return memory;
}

/** After one was made, replaced or ended: here, and on the other nodes. */
export async function forgetKnownKeys(strapi: Core.Strapi): Promise<void> {
  kept.delete(strapi);
  await memoryOf(strapi).changed();
}

/**
 * Whether a key opens this: one for events is none for orders. Keys are compared by their hashes,
 * so that no time tells how much of one was right.
 */
export async function isWriteKey(
  strapi: Core.Strapi,
  key: string,
  scope: KeyScope,
): Promise<boolean> {
  const now = clock(strapi).shared().getTime();
  const found = (await known(strapi, now)).keys.get(placeOf(scope, sha256(key)));
  if (found === undefined) return false;
  if (found === null) return true;
  if (found.endsAt !== null && found.endsAt <= now) return false;
  await noteUse(strapi, found.id, now);
  return true;
}

async function noteUse(strapi: Core.Strapi, id: number, now: number): Promise<void> {
  const times = touched.get(strapi) ?? new Map<number, number>();
  touched.set(strapi, times);
  if (now - (times.get(id) ?? 0) < TOUCH_MS) return;
  times.set(id, now);
  await touchKey(database(strapi), id, now);
}
