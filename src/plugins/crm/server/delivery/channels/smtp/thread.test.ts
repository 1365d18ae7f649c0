/** What is known of a mail when the thread that had it in hand is gone. */
import { EventEmitter } from 'node:events';

import { describe, expect, it } from 'vitest';

import { MailThread, type Dispatch, type Thread } from './thread';
import type { Order } from './thread-worker';

class FakeThread extends EventEmitter implements Thread {
  readonly orders: Order[] = [];

  postMessage(order: Order): void {
    this.orders.push(order);
    if (order.kind === 'close') this.emit('exit', 0);
  }

  terminate(): Promise<unknown> {
    return Promise.resolve();
  }
}

function threads() {
  const started: FakeThread[] = [];
  const mails = new MailThread([], () => {
    const thread = new FakeThread();
    started.push(thread);
    return thread;
  });
  return { mails, started };
}

const dispatch = (
  handOver: () => Promise<boolean>,
  html: Dispatch['mail']['html'] = '<p>入荷しました。</p>',
): Dispatch => ({
  mail: {
    from: { name: '縁レコード', address: 'news@shop.example.jp' },
    to: 'sato@example.jp',
    subject: '冬の入荷',
    text: '入荷しました。',
    html,
    messageId: '1@shop.example.jp',
    date: new Date('2026-12-01T01:00:00Z'),
    headers: [],
  },
  envelope: { from: 'news@shop.example.jp', to: 'sato@example.jp' },
  handOver,
});

/** Everything that was promised has had its turn. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the mail thread', () => {
  it('sends content only after the outbox has agreed, and not where it disagrees or fails', async () => {
    const { mails, started } = threads();
    void mails.deliver(
      'main',
      dispatch(() => Promise.resolve(true)),
    );
    void mails.deliver(
      'main',
      dispatch(() => Promise.resolve(false)),
    );
    void mails.deliver(
      'main',
      dispatch(() => Promise.reject(new Error('the database is away'))),
    );
    const [thread] = started;
    for (const id of [1, 2, 3]) thread?.emit('message', { kind: 'hand-over', id });
    await settled();
    const agreed = thread?.orders.filter(({ kind }) => kind === 'handed-over');
    expect(agreed).toEqual([
      { kind: 'handed-over', id: 1, isOurs: true },
      { kind: 'handed-over', id: 2, isOurs: false },
      { kind: 'handed-over', id: 3, isOurs: false },
    ]);
  });

  it('that ends leaves to a person what may have left the house, and returns the rest', async () => {
    const { mails, started } = threads();
    const gone = mails.deliver(
      'main',
      dispatch(() => Promise.resolve(true)),
    );
    const waiting = mails.deliver(
      'main',
      dispatch(() => Promise.resolve(true)),
    );
    started[0]?.emit('message', { kind: 'hand-over', id: 1 });
    await settled();
    started[0]?.emit('exit', 134);
    const outcome = (status: string) => ({
      status: 'refused',
      isServersFault: false,
      outcome: { status, reason: 'the mail thread ended: code 134' },
    });
    expect(await gone).toEqual(outcome('unknown'));
    expect(await waiting).toEqual(outcome('unreachable'));
  });

  it('that ends before it was told to go on has sent nothing', async () => {
    const { mails, started } = threads();
    let agree: (ours: boolean) => void = () => undefined;
    const asked = new Promise<boolean>((resolve) => (agree = resolve));
    const mail = mails.deliver(
      'main',
      dispatch(() => asked),
    );
    started[0]?.emit('message', { kind: 'hand-over', id: 1 });
    started[0]?.emit('error', new Error('out of memory'));
    agree(true);
    await settled();
    // Nobody told the dead thread, so nothing left the house.
    expect(await mail).toMatchObject({ outcome: { status: 'unreachable' } });
    expect(started[0]?.orders.some(({ kind }) => kind === 'handed-over')).toBe(false);
  });

  it('is followed by a new one', async () => {
    const { mails, started } = threads();
    const first = mails.deliver(
      'main',
      dispatch(() => Promise.resolve(true)),
    );
    started[0]?.emit('exit', 1);
    await first;
    const second = mails.deliver(
      'main',
      dispatch(() => Promise.resolve(true)),
    );
    started[1]?.emit('message', { kind: 'answer', id: 2, answer: { status: 'accepted' } });
    expect(await second).toEqual({ status: 'accepted' });
    expect(started).toHaveLength(2);
  });

  describe('of many mails with the same frame', () => {
    const agree = () => Promise.resolve(true);
    const asked = ({ orders }: FakeThread) =>
      orders.map((order) =>
        order.kind === 'deliver' ? order.mail.html : 'frame' in order ? order.frame : order.kind,
      );

    it('is told the frame once, and again when it is new', async () => {
      const { mails, started } = threads();
      const frame = ['<p>', 0, '様</p>'];
      const first = mails.deliver('main', dispatch(agree, { frame, fills: ['佐藤'] }));
      void mails.deliver('main', dispatch(agree, { frame, fills: ['伊藤'] }));
      expect(started.map(asked)).toEqual([
        [frame, { frame: 1, fills: ['佐藤'] }, { frame: 1, fills: ['伊藤'] }],
      ]);
      started[0]?.emit('exit', 1);
      await first;
      void mails.deliver('main', dispatch(agree, { frame, fills: ['佐藤'] }));
      expect(started.map(asked)[1]).toEqual([frame, { frame: 2, fills: ['佐藤'] }]);
    });

    it('forgets them when they become many, and is told anew of what comes again', () => {
      const { mails, started } = threads();
      const frames = Array.from({ length: 201 }, (_, number) => [`<p>${number}`, 0]);
      for (const frame of [...frames, frames[0] ?? []]) {
        void mails.deliver('main', dispatch(agree, { frame, fills: ['佐藤'] }));
      }
      const orders = started.flatMap(asked);
      expect(orders.filter((order) => order === 'forget-frames')).toHaveLength(1);
      expect(orders.slice(-2)).toEqual([frames[0], { frame: 202, fills: ['佐藤'] }]);
    });
  });
});
