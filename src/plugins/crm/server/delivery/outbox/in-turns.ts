/** How long one turn of work may be, in milliseconds: nobody who asks for a page waits longer. */
const TURN_MS = 1;

/** Answers what one turn made at a time; `pause` comes between turns, for whoever waits for this thread. */
export async function* inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result,
  pause: () => Promise<unknown>,
): AsyncGenerator<readonly Result[], void> {
  let turn: Result[] = [];
  let began = performance.now();
  for (const item of items) {
    turn.push(work(item));
    if (performance.now() - began < TURN_MS) continue;
    yield turn;
    turn = [];
    await pause();
    began = performance.now();
  }
  if (turn.length > 0) yield turn;
}
