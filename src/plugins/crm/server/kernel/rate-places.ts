/**
 * Where the places of sliding windows are counted. A place is taken before a call and given back
 * when the call has ended and the window has passed since: so whenever within the call the other
 * side counted it, no window of it ever holds more than the limit, on however many nodes.
 */
import { ulid } from 'ulid';

import { isPostgres, type Database } from './database';

export interface RateRule {
  /** What is counted, for example `email:docomo.ne.jp`. */
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
}

export interface Taken {
  /** Names the places together until they are given back. */
  readonly id: string;
  readonly granted: number;
  /** When the next place may come free; only where fewer were granted than asked for. */
  readonly waitMs: number;
}

export interface Places {
  take(rule: RateRule, count: number): Promise<Taken>;
  /** `used` of them count for a window from now on, the others are free at once. */
  giveBack(rule: RateRule, id: string, used: number): Promise<void>;
}

/** Who died with places has them no longer than this. */
const HELD_MS = 120_000;
/** Places of one window that come free at about the same time are one row. */
const STEPS = 100;

/** Never earlier than a whole window from now, though clocks tell whole milliseconds only. */
const freeAt = (now: number, { windowMs }: RateRule): number => {
  const step = Math.max(1, Math.floor(windowMs / STEPS));
  return Math.ceil((now + 1 + windowMs) / step) * step;
};

/** A call that still runs may end at once: then its place is free after one window. */
const waitFor = ({ windowMs }: RateRule, untilNext: number): number =>
  Math.min(untilNext, windowMs);

interface Held {
  readonly places: number;
  readonly until: number;
}

/** One process, which may forget short windows when it ends. */
export function memoryPlaces(now: () => number = () => performance.now()): Places {
  const names = new Map<string, Map<string, Held>>();
  let taken = 0;
  const heldOf = (name: string) => {
    const held = names.get(name) ?? new Map<string, Held>();
    names.set(name, held);
    return held;
  };
  return {
    take(rule, count) {
      const { name, limit } = rule;
      const held = heldOf(name);
      for (const [id, { until }] of held) if (until <= now()) held.delete(id);
      const all = [...held.values()];
      const used = all.reduce((sum, { places }) => sum + places, 0);
      const granted = Math.max(0, Math.min(count, limit - used));
      taken += 1;
      const id = `taken ${taken}`;
      if (granted > 0) held.set(id, { places: granted, until: now() + HELD_MS });
      const next = Math.min(...all.map(({ until }) => until));
      return Promise.resolve({ id, granted, waitMs: waitFor(rule, next - now()) });
    },
    giveBack(rule, id, used) {
      const held = heldOf(rule.name);
      held.delete(id);
      const until = freeAt(now(), rule);
      const merged = held.get(`${until}`)?.places ?? 0;
      if (used > 0) held.set(`${until}`, { places: merged + used, until });
      return Promise.resolve();
    },
  };
}

const TABLE = 'crm_rate_places';

/** By the database's own clock: those of the nodes may differ. */
async function databaseNow(trx: Database): Promise<number> {
  if (!isPostgres(trx)) return Date.now();
  const { rows }: { rows: { now: string }[] } = await trx.raw(
    'select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now',
  );
  return Number(rows[0]?.now);
}

/** All nodes on one database, restarts included. */
export function databasePlaces(db: Database): Places {
  return {
    take: (rule, count) =>
      db.transaction(async (trx) => {
        const { name, limit } = rule;
        // One at a time counts the places of a name; on SQLite there is only one.
        if (isPostgres(trx)) await trx.raw('select pg_advisory_xact_lock(hashtext(?))', [name]);
        const now = await databaseNow(trx);
        await trx(TABLE).where({ name }).where('until', '<=', now).delete();
        const held: { used: string | null; next: string | null } | undefined = await trx(TABLE)
          .where({ name })
          .first(trx.raw('sum(places) as used'), trx.raw('min(until) as next'));
        const granted = Math.max(0, Math.min(count, limit - Number(held?.used ?? 0)));
        const id = ulid();
        if (granted > 0) {
          await trx(TABLE).insert({ id, name, places: granted, until: now + HELD_MS });
        }
        const next = held?.next ? Number(held.next) : Infinity;
        return { id, granted, waitMs: waitFor(rule, next - now) };
      }),
    giveBack: (rule, id, used) =>
      db.transaction(async (trx) => {
        const until = freeAt(await databaseNow(trx), rule);
        // Who held them too long has lost them, and they counted meanwhile.
        await trx(TABLE).where({ id }).delete();
        if (used === 0) return;
        await trx(TABLE)
          .insert({ id: `${rule.name} ${until}`, name: rule.name, places: used, until })
          .onConflict('id')
          .merge({ places: trx.raw(`${TABLE}.places + excluded.places`) });
      }),
  };
}

/** What counts of a name now; nothing is taken. */
export async function heldPlaces(db: Database, name: string): Promise<number> {
  const now = await databaseNow(db);
  const held: { used: string | number | null } | undefined = await db(TABLE)
    .where({ name })
    .where('until', '>', now)
    .first(db.raw('sum(places) as used'));
  return Number(held?.used ?? 0);
}
