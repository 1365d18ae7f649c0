/**
 * Who was counted lately, so that the next page of the same visit writes nothing. Only saves work:
 * the table itself keeps a person from being counted twice. Bounded, whatever comes.
 */
export interface Recent {
  has(key: string): boolean;
  add(key: string): void;
}

const MOST = 20_000;

export function createRecent(): Recent {
  let newer = new Set<string>();
  let older = new Set<string>();
  return {
    has: (key) => newer.has(key) || older.has(key),
    add(key) {
      if (newer.size >= MOST) {
        older = newer;
        newer = new Set();
      }
      newer.add(key);
    },
  };
}
