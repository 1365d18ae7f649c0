import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { customerViewsSchema } from '../../../src/plugins/crm/shared/customer-work';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { bring, CUSTOMERS } from './importing';

type Runs = typeof import('../../../src/plugins/crm/server/customers/store/bulk');

let app: TestApp;
let admin: AdminClient;
beforeAll(async () => {
  app = await startApp();
  admin = await adminClient(app);
});
afterAll(() => app.stop());

describe('views', () => {
  it('are kept, changed and removed; what they narrow by is checked', async () => {
    const query = { q: '佐藤', consent: 'email:granted', sort: 'name', columns: ['tier', 'city'] };
    const made = await admin.post('/crm/customers/views', { name: '佐藤さん', query });
    expect(made.status).toBe(200);
    const { id } = (made.body as { data: { id: number } }).data;
    const [kept] = customerViewsSchema.parse((await admin.get('/crm/customers/views')).body).data;
    expect(kept).toEqual({ id, name: '佐藤さん', query, mayChange: true });
    await admin.put(`/crm/customers/views/${id}`, { name: '改', query: { sort: 'oldest' } });
    const views = async () =>
      customerViewsSchema.parse((await admin.get('/crm/customers/views')).body).data;
    expect(await views()).toMatchObject([{ name: '改', query: { q: '', sort: 'oldest' } }]);
    const wrong = { name: 'x', query: { sort: 'drop table' } };
    expect((await admin.post('/crm/customers/views', wrong)).status).toBe(400);
    expect((await admin.delete(`/crm/customers/views/${id}`)).status).toBe(200);
    expect((await admin.delete(`/crm/customers/views/${id}`)).status).toBe(404);
    expect(await views()).toEqual([]);
  });

  it('are everybody’s to see, and only the maker’s and the super admin’s to change', async () => {
    const [maker, other] = [
      await adminClient(app, ['customers.read']),
      await adminClient(app, ['customers.read']),
    ];
    const view = { name: '東京', query: { q: '東京' } };
    const keep = async (by: AdminClient) => {
      const { body } = await by.post('/crm/customers/views', view);
      return (body as { data: { id: number } }).data.id;
    };
    const seenBy = async (who: AdminClient) =>
      customerViewsSchema
        .parse((await who.get('/crm/customers/views')).body)
        .data.map(({ id, name, mayChange }) => [id, name, mayChange]);
    const [first, second] = [await keep(maker), await keep(maker)];
    const refused = await other.put(`/crm/customers/views/${first}`, { ...view, name: '奪う' });
    expect(refused.status).toBe(403);
    expect(JSON.stringify(refused.body)).toContain('customers.view.not-yours');
    expect((await other.delete(`/crm/customers/views/${first}`)).status).toBe(403);
    expect(await seenBy(other)).toEqual([
      [first, '東京', false],
      [second, '東京', false],
    ]);
    const renamed = await maker.put(`/crm/customers/views/${first}`, { ...view, name: '都内' });
    expect(renamed.status).toBe(200);
    expect(await seenBy(maker)).toEqual([
      [first, '都内', true],
      [second, '東京', true],
    ]);
    expect((await maker.delete(`/crm/customers/views/${first}`)).status).toBe(200);
    expect((await admin.delete(`/crm/customers/views/${second}`)).status).toBe(200);
    // One of which nobody knows who made it is not anybody's.
    const old = await keep(maker);
    await app.strapi.db.connection('crm_customer_views').update({ staff_id: null });
    expect((await maker.delete(`/crm/customers/views/${old}`)).status).toBe(403);
    expect((await admin.delete(`/crm/customers/views/${old}`)).status).toBe(200);
  });
});

describe('an action on many', () => {
  it('lets requests in between its batches, and between those of its undo', async () => {
    let isOver = false;
    let turns = 0;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    const turnsOf = async (work: () => Promise<unknown>) => {
      const before = turns;
      await work();
      return turns - before;
    };
    const rows = Array.from({ length: 3000 }, (_, index) => `BUSY-${index},混雑`);
    await bring(admin, CUSTOMERS, ['会員番号,姓', ...rows].join('\n'));
    const runs = compiled<Runs>('customers/store/bulk');
    const { clock, database, jobs } = kernel();
    const db = database(app.strapi);
    const id = await runs.insertBulkRun(db, {
      action: { kind: 'addTag', value: '混雑' },
      selection: JSON.stringify({ filter: { q: '混雑' } }),
      total: 3000,
      untilId: 1_000_000,
      staffId: null,
      now: clock(app.strapi).now().getTime(),
    });
    const works = async () => {
      await jobs(app.strapi).fire('customers.bulk-sweep');
      await jobs(app.strapi).idle();
    };
    turn();
    // Five hundred people a batch: in six of them the thread of SQLite was nobody else's.
    expect(await turnsOf(works)).toBeGreaterThanOrEqual(6);
    expect(await runs.findBulkRun(db, id)).toMatchObject({ status: 'done', changed: 3000 });
    expect(await runs.beginBulkUndo(db, id)).toBe(true);
    expect(await turnsOf(works)).toBeGreaterThanOrEqual(6);
    isOver = true;
    expect(await runs.findBulkRun(db, id)).toMatchObject({ status: 'undone', done: 3000 });
  });
});

describe('an export', () => {
  it.skipIf(process.env.TEST_DATABASE === 'postgres')(
    'is read beside the connection that pages need',
    async () => {
      await bring(admin, CUSTOMERS, '会員番号,姓\nEX-1,読\n');
      const asked: string[] = [];
      const note = ({ sql }: { sql: string }) => void asked.push(sql);
      const db = app.strapi.db.connection;
      db.on('query', note);
      const file = await admin.download(
        '/crm/customers/export?q=EX-1&fields=customerNumber&lang=ja',
      );
      db.removeListener('query', note);
      expect(file.toString()).toContain('EX-1');
      expect(asked.some((sql) => sql.includes('crm_customer_exports'))).toBe(true);
      expect(
        asked.filter(
          (sql) => /from `crm_customers`.*limit \?/.test(sql) && sql.includes('`id` > ?'),
        ),
      ).toEqual([]);
    },
  );
});
