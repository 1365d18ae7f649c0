import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { EventSubscriber } from '../../../src/plugins/crm/server/kernel';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';

type DomainEvents = typeof import('../../../src/plugins/crm/server/kernel/domain-events');
type Tables = typeof import('../../../src/plugins/crm/server/kernel/tables');

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const db = () => kernel().database(app.strapi);

describe('domain events', () => {
  const heard: { name: string; payload: object }[] = [];
  let failures = 0;

  const listen = (name: string, delivery: EventSubscriber['delivery'], failing = false) =>
    kernel().subscribe(
      kernel().defineEvent<{ n: number }>('test.happened'),
      name,
      delivery,
      async (_, payload) => {
        if (failing && failures-- > 0) throw new Error('not yet');
        heard.push({ name, payload });
      },
    );

  const install = (...subscribers: EventSubscriber[]) =>
    compiled<DomainEvents>('kernel/domain-events').installSubscribers(app.strapi, subscribers);

  const happen = (n: number, after: () => void = () => undefined) =>
    kernel().inTransaction(app.strapi, async (unit) => {
      await unit.publish(kernel().defineEvent<{ n: number }>('test.happened'), { n });
      after();
    });

  beforeEach(async () => {
    heard.length = 0;
    kernel().clock(app.strapi).set(new Date('2026-11-22T05:00:00Z'));
    await db()('crm_domain_event_deliveries').delete();
  });

  it('reach an inline subscriber before the caller goes on, a background one when drained', async () => {
    install(listen('inline', 'inline'), listen('later', 'background'));
    await happen(1);
    expect(heard.map(({ name }) => name)).toEqual(['inline']);
    await kernel().drainEvents(app.strapi);
    expect(heard.map(({ name }) => name)).toEqual(['inline', 'later']);
    await kernel().drainEvents(app.strapi);
    expect(heard).toHaveLength(2);
  });

  it('are gone when the cause rolls back', async () => {
    install(listen('inline', 'inline'));
    const before = await db()('crm_domain_events').count({ n: '*' });
    await expect(
      happen(2, () => {
        throw new Error('the cause failed');
      }),
    ).rejects.toThrow('the cause failed');
    expect(heard).toEqual([]);
    expect(await db()('crm_domain_events').count({ n: '*' })).toEqual(before);
  });

  it('are tried again with backoff, without failing the caller', async () => {
    failures = 1;
    install(listen('flaky', 'inline', true));
    await happen(3);
    expect(heard).toEqual([]);
    await kernel().drainEvents(app.strapi);
    expect(heard, 'not before its time').toEqual([]);
    kernel().clock(app.strapi).advance(60_000);
    await kernel().drainEvents(app.strapi);
    expect(heard).toEqual([{ name: 'flaky', payload: { n: 3 } }]);
  });

  it('never fail the caller whose cause is committed, not even when they cannot be delivered', async () => {
    const unsayable = new Error();
    Object.defineProperty(unsayable, 'stack', {
      get: () => {
        throw new Error('the delivery itself failed');
      },
    });
    const broken = kernel().subscribe(
      kernel().defineEvent<{ n: number }>('test.happened'),
      'unsayable',
      'inline',
      () => Promise.reject(unsayable),
    );
    install(broken, listen('inline', 'inline'));
    await happen(6);
    expect(heard).toEqual([]);
    install(listen('unsayable', 'inline'), listen('inline', 'inline'));
    kernel().clock(app.strapi).advance(3_600_000);
    await kernel().drainEvents(app.strapi);
    expect(heard.map(({ name }) => name).sort()).toEqual(['inline', 'unsayable']);
  });

  it('are handled in one call where a subscriber wants it so, and fail together', async () => {
    const calls: number[][] = [];
    let failing = true;
    const together = kernel().subscribeTogether(
      kernel().defineEvent<{ n: number }>('test.happened'),
      'together',
      (_, payloads) => {
        calls.push(payloads.map(({ n }) => n));
        return failing ? Promise.reject(new Error('not yet')) : Promise.resolve();
      },
    );
    install(together, listen('each', 'background'));
    for (const n of [1, 2, 3]) await happen(n);
    await kernel().drainEvents(app.strapi);
    expect(calls).toEqual([[1, 2, 3]]);
    expect(heard.map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    failing = false;
    kernel().clock(app.strapi).advance(60_000);
    await happen(4);
    await kernel().drainEvents(app.strapi);
    await kernel().drainEvents(app.strapi);
    expect(calls).toEqual([
      [1, 2, 3],
      [1, 2, 3, 4],
    ]);
  });

  it('are kept as dead when they never succeed', async () => {
    failures = 1000;
    install(listen('broken', 'background', true));
    await happen(4);
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await kernel().drainEvents(app.strapi);
      kernel().clock(app.strapi).advance(3_600_000);
    }
    const row: { status: string; attempts: number; last_error: string } | undefined = await db()(
      'crm_domain_event_deliveries',
    ).first();
    expect(row).toMatchObject({ status: 'dead', attempts: 10 });
    expect(row?.last_error).toContain('not yet');
  });

  it('join the outer unit when units are nested', async () => {
    install(listen('inline', 'inline'));
    await kernel().inTransaction(app.strapi, async () => {
      await happen(5);
      expect(heard, 'nothing before the outer commit').toEqual([]);
    });
    expect(heard).toHaveLength(1);
  });
});

describe('migrations', () => {
  it('run once, also when two nodes boot at once, and a failing one leaves nothing', async () => {
    const { migrate } = compiled<Tables>('kernel/tables');
    let runs = 0;
    const good = {
      id: 'test/0001-good',
      up: async ({ trx }: { trx: ReturnType<typeof db> }) => {
        runs += 1;
        await trx.schema.createTable('crm_test_good', (table) => table.increments('id'));
      },
    };
    await Promise.all([migrate(app.strapi, [good]), migrate(app.strapi, [good])]);
    expect(runs).toBe(1);

    const broken = {
      id: 'test/0002-broken',
      up: async ({ trx }: { trx: ReturnType<typeof db> }) => {
        await trx.schema.createTable('crm_test_broken', (table) => table.increments('id'));
        throw new Error('broken migration');
      },
    };
    await expect(migrate(app.strapi, [good, broken])).rejects.toThrow('broken migration');
    expect(await db().schema.hasTable('crm_test_broken')).toBe(false);
  });
});

describe('rate limit', () => {
  const rule = { name: 'test.limit', limit: 3, windowSeconds: 60 };

  it('counts per subject in a window, under a race too', async () => {
    kernel().clock(app.strapi).set(new Date('2026-11-22T06:00:10Z'));
    const hit = (subject: string) => kernel().hitRateLimit(app.strapi, rule, subject);
    const answers = await Promise.all(Array.from({ length: 10 }, () => hit('203.0.113.9')));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(3);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({
      refusal: { status: 429, params: { seconds: 50 } },
    });
    expect((await hit('203.0.113.10')).ok).toBe(true);
    kernel().clock(app.strapi).advance(60_000);
    expect((await hit('203.0.113.9')).ok).toBe(true);
  });
});

describe('heavy reads', () => {
  it('see committed data and give typed rows', async () => {
    const query = db()('crm_migrations').where({ id: 'kernel/0001-domain-events' }).select('id');
    expect(await kernel().heavyRead(app.strapi, query)).toEqual([
      { id: 'kernel/0001-domain-events' },
    ]);
  });

  it('cannot write, and an error names what is wrong', async () => {
    await expect(
      kernel().heavyRead(app.strapi, db()('crm_no_such_table').select('id')),
    ).rejects.toThrow(/crm_no_such_table/);
  });
});
