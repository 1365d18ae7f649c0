/**
 * Three nodes and a worker on one PostgreSQL and one Redis, which start at once on an empty
 * database and are asked for the same at once. While 10,000 mails go out, one that
 * sends is killed, one is frozen for longer than its lease and goes on as if nothing had been,
 * Redis is emptied and restarted, PostgreSQL crashes: everybody gets the mail, and gets it once.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { campaignInput, createArticle, createSegment, insertPeople } from '../../support/campaign';
import { startCountingSmtp, type CountingSmtp } from '../../support/counting-smtp';
import { startNode, type NodeProcess } from '../../support/node-process';
import { startPostgresServer, type PostgresServer } from '../../support/postgres-server';
import { startRedisServer, type RedisServer } from '../../support/redis-server';

const PEOPLE = 10_000;
const CONNECTIONS = 5;
const QUICK_MS = 2;
/** While a fault takes its time, so that most of the mails are still to come after it. */
const SLOW_MS = 150;
/** Only what hangs runs into it: a machine may be many times slower than another. */
const PATIENCE = 900_000;

interface Sender {
  readonly node: NodeProcess;
  readonly smtp: CountingSmtp;
}

describe.runIf(process.env.TEST_DATABASE === 'postgres')('a cluster', () => {
  let postgres: PostgresServer;
  let redis: RedisServer;
  /** The third node serves and asks for work; its editor sends the campaign. */
  let app: TestApp;
  let admin: AdminClient;
  const senders: Sender[] = [];

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgresServer(), startRedisServer()]);
    const shared = { CRM_REDIS_URL: redis.url, CRM_JOBS_LOCK_SECONDS: '3', CRM_LEASE_SECONDS: '5' };
    const first = startApp({
      keepDatabase: postgres.url,
      env: { ...shared, CRM_JOBS_ROLE: 'web', DATABASE_URL: postgres.url },
    });
    // The others get its environment, and begin while it does.
    await new Promise(setImmediate);
    const starting = ['all', 'all', 'worker'].map(async (role) => {
      const smtp = await startCountingSmtp(QUICK_MS);
      const node = await startNode({
        CRM_JOBS_ENABLED: 'true',
        CRM_JOBS_ROLE: role,
        SMTP_PORT: String(smtp.port),
        SMTP_CONNECTIONS: String(CONNECTIONS),
        NODE_LOG_LEVEL: 'debug',
      });
      senders.push({ node, smtp });
    });
    [app] = await Promise.all([first, ...starting]);
    admin = await adminClient(app);
  }, PATIENCE);
  afterAll(async () => {
    await Promise.all(senders.map(({ node }) => node.stop()));
    await app.stop();
    await Promise.all(senders.map(({ smtp }) => smtp.stop()));
    await redis.stop();
    await postgres.stop();
  }, PATIENCE);

  const db = () => app.strapi.db.connection;
  const arrived = () => senders.reduce((sum, { smtp }) => sum + smtp.total(), 0);
  const until = (what: string, read: () => boolean | Promise<boolean>) =>
    // PostgreSQL may be away at the moment: then it is not so yet.
    expect
      .poll(async () => Promise.resolve(read()).catch(() => false), {
        message: what,
        interval: 50,
        timeout: PATIENCE,
      })
      .toBe(true);
  const moreArrived = (count: number) => {
    const goal = arrived() + count;
    return until(`${goal} mails`, () => arrived() >= goal);
  };
  async function count(statuses: readonly string[]): Promise<number> {
    const [row]: { people: string }[] = await db()('crm_messages')
      .whereIn('status', [...statuses])
      .count('* as people');
    return Number(row?.people);
  }
  /** Whoever got a mail through last is in the middle of the next. */
  const sending = (among: readonly Sender[]): Sender => {
    const [latest] = [...among].sort((a, b) => b.smtp.lastAt() - a.smtp.lastAt());
    if (!latest) throw new Error('nobody sends');
    return latest;
  };
  const deliveries = (): ReadonlyMap<string, number> => {
    const all = new Map<string, number>();
    for (const { smtp } of senders) {
      for (const [address, times] of smtp.deliveries) {
        all.set(address, (all.get(address) ?? 0) + times);
      }
    }
    return all;
  };
  const pace = (ms: number) => {
    for (const { smtp } of senders) smtp.slowDown(ms);
  };
  const doubled = () => [...deliveries()].filter(([, times]) => times > 1);

  /** Everything is asked of every node at the same moment; it is done once. */
  async function sendToAll(): Promise<void> {
    const segment = await createSegment(app);
    await db()('crm_segment_members').delete();
    const nodes = [admin, ...senders.map(({ node }) => admin.at(node.origin))];
    const everywhere = (path: string) => Promise.all(nodes.map((node) => node.post(path)));
    const refreshed = await everywhere(`/crm/segments/${segment}/refresh`);
    const entered = refreshed.map(
      ({ body }) => (body as { data: { entered: number } }).data.entered,
    );
    expect(entered.reduce((sum, people) => sum + people)).toBe(PEOPLE);
    const input = campaignInput(await createArticle(app), segment);
    const created = await admin.post('/crm/campaigns', input);
    const { documentId } = (created.body as { data: { documentId: string } }).data;
    const sent = await everywhere(`/crm/campaigns/${documentId}/send`);
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  }

  /** Frozen until others have its rows, and have sent some; then it goes on where it was. */
  async function freezeBeyondLease(sender: Sender): Promise<void> {
    sender.node.freeze();
    pace(SLOW_MS);
    const held: { id: number }[] = await db()('crm_messages')
      .where({ status: 'leased' })
      .select('id');
    const ids = held.map(({ id }) => id);
    await until('its rows are released', async () => {
      const rows: unknown[] = await db()('crm_messages')
        .whereIn('id', ids)
        .where({ status: 'leased' })
        .where('lease_until', '<', Date.now());
      return rows.length === 0;
    });
    await moreArrived(100);
    sender.node.thaw();
    pace(QUICK_MS);
  }

  it('started together on an empty database, and made everything once', async () => {
    const twice = async (table: string, column: string) =>
      (await db()(table).groupBy(column).havingRaw('count(*) > 1').pluck(column)) as unknown[];
    for (const [table, column] of [
      ['crm_migrations', 'id'],
      ['strapi_migrations', 'name'],
      ['strapi_migrations_internal', 'name'],
      ['admin_roles', 'code'],
      ['up_roles', 'type'],
      ['i18n_locale', 'code'],
      ['strapi_core_store_settings', 'key'],
    ] as const) {
      expect([table, await twice(table, column)]).toEqual([table, []]);
    }
    const roles = (await db()('admin_roles').pluck('code')) as string[];
    expect(roles).toContain('strapi-super-admin');
    for (const { node } of senders) expect((await fetch(`${node.origin}/_health`)).ok).toBe(true);
  });

  it(
    'loses no one and doubles no one, whatever fails',
    async () => {
      await insertPeople(app, PEOPLE);
      await sendToAll();
      await moreArrived(1_000);

      const killed = sending(senders);
      await killed.node.stop();
      const alive = senders.filter((sender) => sender !== killed);
      await moreArrived(500);

      await freezeBeyondLease(sending(alive));
      await moreArrived(300);
      await redis.flush();
      await moreArrived(300);
      pace(SLOW_MS);
      await redis.kill();
      await moreArrived(20);
      await redis.start();
      pace(QUICK_MS);
      await moreArrived(300);
      await postgres.crash();
      await postgres.start();
      expect(PEOPLE - arrived(), 'what was still to come after the last fault').toBeGreaterThan(
        500,
      );

      await until(
        'all are answered for',
        async () => (await count(['accepted', 'unknown'])) === PEOPLE,
      );
      expect(doubled()).toEqual([]);
      const unknown: { id: number; address: string }[] = await db()('crm_messages')
        .where({ status: 'unknown' })
        .select('id', 'address');
      // In doubt is only what was in flight: of the killed, and of two who lost their database.
      expect(unknown.length).toBeLessThanOrEqual(CONNECTIONS * 4);
      const reached = new Set([...deliveries().keys(), ...unknown.map(({ address }) => address)]);
      expect(reached.size, 'whoever has no mail is said to be in doubt').toBe(PEOPLE);

      // A person looks the doubtful ones up with the provider and decides: then all have it, once.
      for (const { id, address } of unknown) {
        const decision = deliveries().has(address) ? 'sent' : 'resend';
        expect((await admin.post(`/crm/messages/${id}/decide`, { decision })).status).toBe(200);
      }
      await until('everybody has it', async () => (await count(['accepted'])) === PEOPLE);
      expect(deliveries().size).toBe(PEOPLE);
      expect(doubled()).toEqual([]);
    },
    PATIENCE,
  );

  it('fired each tick of each schedule once', async () => {
    const ticks = senders.flatMap(({ node }) =>
      [...node.log().matchAll(/crm: schedule (\S+) fires for (\S+)/g)].map(
        ([, name = '', at = '']) => ({ name, slot: Math.floor(Date.parse(at) / 1000) }),
      ),
    );
    const fired = ticks.map(({ name, slot }) => `${name} ${slot}`);
    expect(ticks.filter(({ name }) => name === 'delivery.outbox-sweep').length).toBeGreaterThan(2);
    expect(fired.filter((tick, index) => fired.indexOf(tick) !== index)).toEqual([]);
    const rows: { name: string; slot: number }[] = await db()('crm_schedule_runs').select(
      'name',
      'slot',
    );
    const claimed = new Set(rows.map(({ name, slot }) => `${name} ${Number(slot)}`));
    expect(fired.filter((tick) => !claimed.has(tick))).toEqual([]);
  });
});
