import { setImmediate } from 'node:timers/promises';

/** Longer than this nobody who asks for a page waits for a batch. */
const TURN_MS = 3;

/** As `map`, but whoever waits for this thread comes in between. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  let began = performance.now();
  for (const item of items) {
    results.push(work(item));
    if (performance.now() - began < TURN_MS) continue;
    await setImmediate();
    began = performance.now();
  }
  return results;
}
