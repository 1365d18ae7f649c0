import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { customerViewsSchema } from '../../../src/plugins/crm/shared/customer-work';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';

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
