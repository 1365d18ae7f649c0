/**
 * Documents in memory until anything is written. Any write empties the whole cache: which entry
 * shows which product or picture would have to be followed otherwise, and editors write rarely.
 */
export interface DocumentCache {
  /** The value under `key`, loaded at most once however many ask at the same time. */
  get<T>(key: string, load: () => Promise<T>): Promise<T>;
  clear(): void;
}

interface Slot {
  readonly value: Promise<unknown>;
  readonly until: number;
}

const MAX_ENTRIES = 5_000;

/** `maxAge` bounds how long a node that missed a change elsewhere goes on showing the old. */
export function createDocumentCache(maxAge: () => number, now: () => number): DocumentCache {
  let slots = new Map<string, Slot>();
  return {
    get<T>(key: string, load: () => Promise<T>): Promise<T> {
      const known = slots.get(key);
      if (known && known.until > now()) return known.value as Promise<T>;
      // A load that began before a write keeps its slot in the map of before the write.
      const mine = slots;
      if (mine.size >= MAX_ENTRIES) mine.clear();
      const value = load();
      mine.set(key, { value, until: now() + maxAge() });
      value.catch(() => mine.delete(key));
      return value;
    },
    clear() {
      slots = new Map();
    },
  };
}
