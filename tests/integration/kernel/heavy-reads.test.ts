import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const db = () => kernel().database(app.strapi);
const read = (query: ReturnType<ReturnType<typeof db>>) =>
  kernel().heavyRead<{ n: number | string }>(app.strapi, query);

/** Counts to `size` in the database, which takes about a second for ten million. */
const countTo = (size: number) => {
  const steps = 'select 1 as step union all select step + 1 from series where step < ?';
  return db()
    .withRecursive('series', db().raw(steps, [size]))
    .count({ n: '*' })
    .from('series');
};

describe('heavy reads', () => {
  it('leave the process free to answer, and a short one does not wait for a long one', async () => {
    const order: string[] = [];
    const long = read(countTo(6_000_000)).then((rows) => {
      order.push('long');
      return rows;
    });
    const short = read(countTo(10)).then(() => order.push('short'));
    let ticks = 0;
    const ticker = setInterval(() => (ticks += 1), 5);
    await Promise.all([long, short]);
    clearInterval(ticker);
    expect(order).toEqual(['short', 'long']);
    expect(Number((await long)[0]?.n)).toBe(6_000_000);
    // Running here it would stop the process, and with it every timer.
    expect(ticks).toBeGreaterThan(10);
  });

  it('go on after a statement that failed', async () => {
    const wrong = [1, 2, 3, 4].map(() => read(db()('crm_no_such_table').select('id')));
    for (const result of await Promise.allSettled(wrong)) expect(result.status).toBe('rejected');
    expect(Number((await read(countTo(3)))[0]?.n)).toBe(3);
  });

  it('answer more reads than there are readers', async () => {
    const sizes = Array.from({ length: 40 }, (_, index) => index + 1);
    const answers = await Promise.all(sizes.map((size) => read(countTo(size))));
    expect(answers.map((rows) => Number(rows[0]?.n))).toEqual(sizes);
  });
});

/** On Linux, as field 41 of /proc/<pid>/stat says it: 5 is the class that runs when nobody else does. */
const IDLE_CLASS = '5';
const canYield =
  process.platform === 'linux' &&
  availableParallelism() > 1 &&
  spawnSync('chrt', ['--version']).status === 0;

describe.skipIf(process.env.TEST_DATABASE === 'postgres' || !canYield)('who counts', () => {
  it('gives way at once to whoever asks for a page: the reader, and nothing else', async () => {
    await Promise.all([read(countTo(10)), read(countTo(10))]);
    const classes = readdirSync('/proc/self/task').map((thread) => {
      const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
      const policy = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[38];
      return { thread: Number(thread), isIdle: policy === IDLE_CLASS };
    });
    const idle = classes.filter(({ isIdle }) => isIdle);
    expect(idle).toHaveLength(2);
    expect(idle.map(({ thread }) => thread)).not.toContain(process.pid);
  });
});

describe('a prepared read', () => {
  it('does not wait for an open transaction, and sees only what is committed', async () => {
    const key = 'prepared-read-test';
    const find = 'select value from strapi_core_store_settings where ?? = ?';
    const sql = db().raw(find, ['key', '']).toSQL().sql;
    const found = () => kernel().preparedRead<{ value: string }>(db(), sql, [key]);
    await db().transaction(async (trx) => {
      await trx('strapi_core_store_settings').insert({ key, value: 'new' });
      expect(await found()).toEqual([]);
    });
    expect(await found()).toEqual([{ value: 'new' }]);
  });
});

describe.skipIf(process.env.TEST_DATABASE === 'postgres')('a long write-ahead log', () => {
  it('is brought home beside the requests', async () => {
    const ask = async (): Promise<{ log: number; checkpointed: number } | undefined> => {
      const [log]: { log: number; checkpointed: number }[] = await db().raw(
        'pragma wal_checkpoint(NOOP)',
      );
      return log;
    };
    // The connection itself must not be who does it.
    await db().raw('pragma wal_autocheckpoint = 0');
    await db().raw('create table crm_test_long (text)');
    // In one commit: between two, the thread may have been quick and the log have begun anew.
    const blobs = Array<string>(5).fill('(zeroblob(10000000))').join();
    await db().raw(`insert into crm_test_long values ${blobs}`);
    expect((await ask())?.log).toBeGreaterThan(8000);
    await vi.waitFor(
      async () => {
        const log = await ask();
        expect(log?.checkpointed).toBe(log?.log);
      },
      { timeout: 100_000, interval: 100 },
    );
    await db().raw('drop table crm_test_long');
    await db().raw('pragma wal_autocheckpoint = 16000');
  });
});

describe.skipIf(process.env.TEST_DATABASE === 'postgres')('statistics of tables', () => {
  const rare = 'select id from crm_test_told where common = 1 and rare = 5';
  let asked = 0;
  /** Asked of a connection that was open before: the pool's, or that of prepared reads. */
  const plan = async (ask: (sql: string) => Promise<{ detail: string }[]>): Promise<string> => {
    // A plan is explained by what the connection knows, and kept; a statement that runs makes it look again.
    await ask(rare);
    asked += 1;
    return (await ask(`explain query plan ${rare} /* ${asked} */`))
      .map(({ detail }) => detail)
      .join();
  };
  const writer = (sql: string) => db().raw<{ detail: string }[]>(sql);
  const reader = (sql: string) => kernel().preparedRead<{ detail: string }>(db(), sql, []);

  it('reach the open connections, and end a plan that goes through everybody', async () => {
    // The first look at any table makes a table of its own, which tells the others by itself.
    await db().raw('analyze crm_imports');
    await db().raw('create table crm_test_told (id integer primary key, common, rare)');
    await db().raw('create index crm_test_told_rare on crm_test_told (rare)');
    await db().raw('create index crm_test_told_common on crm_test_told (common)');
    await db().raw(`insert into crm_test_told (common, rare)
      with recursive steps(step) as (select 1 union all select step + 1 from steps where step < 5000)
      select 1, step from steps`);
    expect(await plan(writer)).toContain('crm_test_told_common');
    expect(await plan(reader)).toContain('crm_test_told_common');
    await kernel().jobs(app.strapi).fire('kernel.statistics');
    expect(await plan(writer)).toContain('crm_test_told_rare');
    expect(await plan(reader)).toContain('crm_test_told_rare');
    await db().raw('drop table crm_test_told');
  });
});
