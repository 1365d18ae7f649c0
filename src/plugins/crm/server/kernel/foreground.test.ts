import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { Foreground } from './foreground';

/** Whether anybody is expected makes no difference. */
const together = { visitedMs: 0, apartMs: 0 };

let server: Server;
let foreground: Foreground;
beforeEach(async () => {
  server = createServer();
  // Nothing here ends because the machine is slow.
  foreground = new Foreground({ ...together, youngMs: 60_000, longestMs: 60_000 });
  foreground.watch(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Somebody asks; the server has read the question and has not answered yet. */
async function ask(): Promise<{ response: ServerResponse; answered: Promise<string> }> {
  const { port } = server.address() as AddressInfo;
  const asked = once(server, 'request') as Promise<[unknown, ServerResponse]>;
  const answered = fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text());
  const [, response] = await asked;
  return { response, answered };
}

it('lets whoever asks for a page go first', async () => {
  const { response, answered } = await ask();
  const order: string[] = [];
  response.once('close', () => order.push('page'));
  const work = foreground.giveWay().then(() => order.push('work'));
  response.end('a page');
  expect(await answered).toBe('a page');
  await work;
  expect(order).toEqual(['page', 'work']);
});

it('does not wait for an answer that takes long', async () => {
  foreground = new Foreground({ ...together, youngMs: 60_000, longestMs: 20 });
  foreground.watch(server);
  const { response, answered } = await ask();
  await foreground.giveWay();
  expect(response.writableEnded).toBe(false);
  response.end('a download');
  expect(await answered).toBe('a download');
});

it('goes on at once where nobody asks, and after nobody does any more', async () => {
  await foreground.giveWay();
  const { response, answered } = await ask();
  response.end();
  await answered;
  await foreground.giveWay();
});

it('does not wait for a request that is work itself, nor expects anybody after it', async () => {
  foreground = new Foreground({
    ...together,
    youngMs: 60_000,
    longestMs: 60_000,
    visitedMs: 60_000,
  });
  foreground.watch(server);
  const { response, answered } = await ask();
  expect(foreground.isVisited()).toBe(true);
  foreground.standAside(response);
  expect(foreground.isVisited()).toBe(false);
  await foreground.giveWay();
  expect(response.writableEnded).toBe(false);
  response.end('taken');
  await answered;
});

it('spreads work over time while people come and go, whoever does it', async () => {
  const apartMs = 30;
  foreground = new Foreground({ youngMs: 60_000, longestMs: 0, visitedMs: 60_000, apartMs });
  foreground.watch(server);
  const { response, answered } = await ask();
  response.end();
  await answered;
  const asked = performance.now();
  await Promise.all([1, 2, 3, 4, 5].map(() => foreground.giveWay()));
  // Timers tell whole milliseconds: one may come a little early.
  expect(performance.now() - asked).toBeGreaterThanOrEqual(4 * (apartMs - 1));
});
