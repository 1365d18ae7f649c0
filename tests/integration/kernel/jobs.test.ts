/** What an engine promises, kept by both: embedded, and BullMQ on a real Redis. */
// One file beyond 300 lines: the two engines run the same suite, and what only one of them does stands beside it.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { JobEngine, QueueWorker } from '../../../src/plugins/crm/server/kernel';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startRedisServer, type RedisServer } from '../../support/redis-server';

type Embedded = typeof import('../../../src/plugins/crm/server/kernel/jobs-embedded');
type KernelSchedules = typeof import('../../../src/plugins/crm/server/kernel/schedules');
type Bullmq = typeof import('../../../src/plugins/crm/server/kernel/jobs-bullmq');

let app: TestApp;
let redis: RedisServer;
let prefixes = 0;

beforeAll(async () => {
  redis = await startRedisServer();
  app = await startApp();
});
afterAll(async () => {
  await app.stop();
  await redis.stop();
});

/** Work that ends when the test says so, and what was done of it. */
class Bench {
  readonly begun: string[] = [];
  readonly ended: string[] = [];
  readonly now = new Set<string>();
  readonly doubled: string[] = [];
  private readonly ends = new Map<string, ((error?: Error) => void)[]>();

  worker(queue: string, concurrency: number): QueueWorker {
    return { queue, concurrency, work: (_, pointer) => this.work(pointer) };
  }

  private async work(pointer: string): Promise<void> {
    if (this.now.has(pointer)) this.doubled.push(pointer);
    this.now.add(pointer);
    this.begun.push(pointer);
    try {
      if (pointer.startsWith('quick')) return;
      await new Promise<void>((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve());
        this.ends.set(pointer, [...(this.ends.get(pointer) ?? []), end]);
      });
    } finally {
      this.now.delete(pointer);
      this.ended.push(pointer);
    }
  }

  end(pointer: string, error?: Error): void {
    const ends = this.ends.get(pointer);
    if (!ends) throw new Error(`${pointer} was never begun`);
    this.ends.delete(pointer);
    for (const end of ends) end(error);
  }
}

/** Long enough for a machine many times slower; only what hangs runs into it. */
const PATIENCE = 90_000;

const become = <T>(read: () => T, value: T) =>
  expect.poll(read, { interval: 10, timeout: PATIENCE }).toEqual(value);

const bullmq = (workers: readonly QueueWorker[], prefix: string, role: 'all' | 'web' = 'all') =>
  compiled<Bullmq>('kernel/jobs-bullmq').createBullmqJobs(app.strapi, workers, [], {
    redis: redis.url,
    prefix,
    role,
    // No work here outlives its lock: what a slow machine takes long for is not taken from it.
    lockSeconds: 600,
  });

const engines = {
  embedded: (workers: readonly QueueWorker[]) =>
    compiled<Embedded>('kernel/jobs-embedded').createEmbeddedJobs(app.strapi, workers, []),
  bullmq: (workers: readonly QueueWorker[]) => bullmq(workers, `suite-${(prefixes += 1)}`),
};

describe.each(['embedded', 'bullmq'] as const)('the engine %s', (name) => {
  let bench: Bench;
  let engine: JobEngine;

  beforeEach(async () => {
    bench = new Bench();
    engine = engines[name]([bench.worker('lanes', 2), bench.worker('alone', 1)]);
    await engine.start();
  });
  afterEach(async () => {
    for (const pointer of bench.now) bench.end(pointer);
    await engine.stop();
  });

  it('begins in the order they came, as many at once as the worker takes', async () => {
    for (const pointer of ['a', 'b', 'c']) engine.enqueue('lanes', pointer);
    await become(() => bench.begun, ['a', 'b']);
    bench.end('b');
    await become(() => bench.begun, ['a', 'b', 'c']);
    for (const pointer of ['a', 'c']) bench.end(pointer);
    await engine.idle();
    expect(bench.ended).toHaveLength(3);
  });

  it('keeps equal pointers that wait once', async () => {
    engine.enqueue('alone', 'first');
    await become(() => bench.begun, ['first']);
    for (let times = 0; times < 5; times += 1) engine.enqueue('alone', 'quick');
    bench.end('first');
    await engine.idle();
    expect(bench.begun).toEqual(['first', 'quick']);
  });

  it('runs once more what was asked for while it ran, and never twice at once', async () => {
    engine.enqueue('lanes', 'lane');
    await become(() => bench.begun, ['lane']);
    for (let times = 0; times < 5; times += 1) engine.enqueue('lanes', 'lane');
    engine.enqueue('lanes', 'quick');
    // The other got through, so whatever "lane" were to begin beside itself would have begun.
    await become(() => bench.ended, ['quick']);
    expect(bench.begun).toEqual(['lane', 'quick']);
    bench.end('lane');
    await become(() => bench.begun, ['lane', 'quick', 'lane']);
    bench.end('lane');
    await engine.idle();
    expect(bench.begun).toHaveLength(3);
    expect(bench.doubled).toEqual([]);
  });

  it('goes on after a failure, says what failed, and takes it again when asked', async () => {
    const said = vi.spyOn(app.strapi.log, 'error');
    engine.enqueue('alone', 'broken');
    engine.enqueue('alone', 'quick');
    await become(() => bench.begun, ['broken']);
    bench.end('broken', new Error('no luck'));
    await engine.idle();
    expect(bench.begun).toEqual(['broken', 'quick']);
    expect(said.mock.calls.flat().join()).toContain('job alone (broken) failed: Error: no luck');
    said.mockRestore();
    engine.enqueue('alone', 'broken');
    await become(() => bench.begun, ['broken', 'quick', 'broken']);
  });

  it('keeps its queues apart', async () => {
    engine.enqueue('alone', 'same');
    engine.enqueue('lanes', 'same');
    await become(() => bench.begun, ['same', 'same']);
    bench.end('same');
    expect(() => engine.enqueue('nobody', 'quick')).toThrow('No worker for the queue "nobody"');
  });

  it('is idle at once with nothing to do, and not before everything is done', async () => {
    await engine.idle();
    engine.enqueue('alone', 'slow');
    engine.enqueue('alone', 'quick');
    let isIdle = false;
    const idle = engine.idle().then(() => {
      isIdle = true;
    });
    await become(() => bench.begun, ['slow']);
    expect(isIdle).toBe(false);
    bench.end('slow');
    await idle;
    expect(bench.ended).toEqual(['slow', 'quick']);
  });

  it('stops when what runs has ended, tells it so, and begins nothing more', async () => {
    engine.enqueue('alone', 'slow');
    await become(() => bench.begun, ['slow']);
    engine.enqueue('alone', 'quick');
    let hasStopped = false;
    const stopped = engine.stop().then(() => {
      hasStopped = true;
    });
    expect(engine.isStopping).toBe(true);
    await new Promise(setImmediate);
    expect(hasStopped).toBe(false);
    bench.end('slow');
    await stopped;
    expect(bench.ended).toEqual(['slow']);
  });
});

describe('a schedule', () => {
  it('goes on when the clock was set back, instead of waiting until it is where it was', async () => {
    const name = 'test.every-second';
    let fired = 0;
    const run = async () => {
      fired += 1;
    };
    const { Schedules } = compiled<KernelSchedules>('kernel/schedules');
    const every = { name, cron: '* * * * * *', run: () => run() };
    const schedules = new Schedules(app.strapi, [every], () => undefined);
    schedules.start();
    await become(() => fired > 0, true);
    // What it claimed in the hour before it was found to be wrong.
    const from = Math.floor(Date.now() / 1000);
    const claimed = Array.from({ length: 3_600 }, (_, second) => ({ name, slot: from + second }));
    const runs = () => app.strapi.db.connection('crm_schedule_runs');
    for (let at = 0; at < claimed.length; at += 400) {
      await runs()
        .insert(claimed.slice(at, at + 400))
        .onConflict(['name', 'slot'])
        .ignore();
    }
    const before = fired;
    kernel().clock(app.strapi).advance(-3_600_000);
    await become(() => fired > before + 1, true);
    await schedules.stop();
    kernel().clock(app.strapi).reset();
    await runs().where({ name }).delete();
  });
});

describe('BullMQ, in a cluster', () => {
  const running: JobEngine[] = [];
  const node = async (bench: Bench, prefix: string, role: 'all' | 'web' = 'all') => {
    const engine = bullmq([bench.worker('lanes', 4)], prefix, role);
    running.push(engine);
    await engine.start();
    return engine;
  };
  afterEach(async () => {
    await Promise.all(running.splice(0).map((engine) => engine.stop()));
  });

  it('never runs a pointer twice at once, however many nodes ask for it', async () => {
    const bench = new Bench();
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => node(bench, 'three')));
    for (const engine of [one, two, three, one, two]) engine?.enqueue('lanes', 'lane');
    await become(() => bench.begun, ['lane']);
    two?.enqueue('lanes', 'quick');
    await become(() => bench.ended, ['quick']);
    bench.end('lane');
    // What was asked for while it ran comes once; everything may also have been asked for before.
    await become(() => bench.ended.filter((pointer) => pointer === 'lane').length >= 1, true);
    if (bench.now.has('lane')) bench.end('lane');
    expect(bench.doubled).toEqual([]);
  });

  it('lets a web node ask and another work, and an installation keep to itself', async () => {
    const web = new Bench();
    const worker = new Bench();
    const neighbour = new Bench();
    const asking = await node(web, 'mine', 'web');
    asking.enqueue('lanes', 'quick');
    await node(neighbour, 'theirs');
    await node(worker, 'mine');
    await become(() => worker.ended, ['quick']);
    expect(web.begun).toEqual([]);
    expect(neighbour.begun).toEqual([]);
  });

  it('takes what is asked for after Redis was emptied, even of what was running then', async () => {
    const bench = new Bench();
    const engine = await node(bench, 'flushed');
    engine.enqueue('lanes', 'lane');
    await become(() => bench.begun, ['lane']);
    await redis.flush();
    bench.end('lane');
    await become(() => bench.ended, ['lane']);
    engine.enqueue('lanes', 'quick');
    await become(() => bench.ended, ['lane', 'quick']);
  });

  it('neither throws, hangs nor hoards while Redis is away, and works again when it is back', async () => {
    const said = vi.spyOn(app.strapi.log, 'error');
    const bench = new Bench();
    const engine = await node(bench, 'restarted');
    engine.enqueue('lanes', 'quick before');
    await become(() => bench.ended, ['quick before']);
    await redis.kill();
    const before = process.memoryUsage().heapUsed;
    const started = performance.now();
    for (let times = 0; times < 200_000; times += 1) engine.enqueue('lanes', `lost ${times}`);
    expect(performance.now() - started).toBeLessThan(60_000);
    await engine.idle();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300_000_000);
    await redis.start();
    // As the sweep does: again and again, until somebody takes it.
    await expect
      .poll(
        () => {
          engine.enqueue('lanes', 'quick after');
          return bench.ended.includes('quick after');
        },
        { interval: 100, timeout: PATIENCE },
      )
      .toBe(true);
    const complaints = said.mock.calls.flat().filter((line) => String(line).includes('Redis'));
    said.mockRestore();
    // Once for all pieces of work; again only where one of its connections came back before another.
    expect(complaints.length).toBeGreaterThanOrEqual(1);
    expect(complaints.length).toBeLessThanOrEqual(50);
    // Only what was on its way when Redis died may have been sent again, and waits as any other.
    expect(bench.begun.length).toBeLessThanOrEqual(1_002);
  });

  it('stops even when Redis is away', async () => {
    const bench = new Bench();
    const engine = await node(bench, 'away');
    await redis.kill();
    await engine.stop();
    expect(engine.isStopping).toBe(true);
    engine.enqueue('lanes', 'quick');
    await redis.start();
  });
});
