/** How long one turn of work may be, in milliseconds: nobody who asks for a page waits longer. */
const TURN_MS = 1;

/** As `map`, but `pause` comes between turns, for whoever waits for this thread. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result,
  pause: () => Promise<unknown>,
): Promise<Result[]> {
  const results: Result[] = [];
  let began = performance.now();
  for (const item of items) {
    results.push(work(item));
    if (performance.now() - began < TURN_MS) continue;
    await pause();
    began = performance.now();
  }
  return results;
}
