/** What becomes of a mail whose layout ends badly; the thread itself is met by every test that sends. */
import { EventEmitter } from 'node:events';

import { expect, it } from 'vitest';

import { MjmlThread, type LayoutOrder, type LayoutWorker } from './mjml-thread';

class FakeWorker extends EventEmitter implements LayoutWorker {
  readonly orders: LayoutOrder[] = [];

  postMessage(order: LayoutOrder): void {
    this.orders.push(order);
  }

  terminate(): Promise<unknown> {
    return Promise.resolve();
  }
}

function started(longestMs = 60_000) {
  const workers: FakeWorker[] = [];
  const thread = new MjmlThread(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  }, longestMs);
  return { thread, workers };
}

it('gives every mail its own answer', async () => {
  const { thread, workers } = started();
  const [first, second] = [thread.layOut('<a>'), thread.layOut('<b>')];
  const refused = expect(first).rejects.toThrow('not MJML');
  workers[0]?.emit('message', { id: 2, html: '<p>b</p>' });
  workers[0]?.emit('message', { id: 1, error: 'not MJML' });
  expect(await second).toBe('<p>b</p>');
  await refused;
  expect(workers).toHaveLength(1);
});

it('refuses what a thread had in hand when it ends, and starts another', async () => {
  const { thread, workers } = started();
  const lost = thread.layOut('<a>');
  workers[0]?.emit('exit', 134);
  await expect(lost).rejects.toThrow('code 134');
  const next = thread.layOut('<b>');
  workers[1]?.emit('message', { id: 2, html: '<p>b</p>' });
  expect(await next).toBe('<p>b</p>');
});

it('ends a layout that takes too long', async () => {
  const { thread } = started(5);
  await expect(thread.layOut('<a>')).rejects.toThrow('too long');
});
