/** Products and subscriptions, over the API and as files; payments and returns as files. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ImportKind } from '../../../src/plugins/crm/shared/imports';
import type { Rule } from '../../../src/plugins/crm/shared/segments';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { counts, importJobs, reasons } from '../customers/importing';
import { people } from '../customers/people';
import { orderOf, shop } from './shop';

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
let imports: ReturnType<typeof importJobs>;
let tell: ReturnType<typeof shop>['tell'];
let customerId = 0;
beforeAll(async () => {
  app = await startApp();
  admin = await adminClient(app);
  crm = people(app);
  imports = importJobs(app, admin);
  ({ tell } = shop(app));
  customerId = (await crm.create({ customerNumber: 'SHOP-1', email: 'shop@example.jp' })).id;
});
afterAll(() => app.stop());

async function bring(kind: ImportKind, ...lines: string[]) {
  return imports.start(await imports.upload(lines.join('\n'), kind));
}
async function undo(id: number) {
  await imports.command(id, 'undo');
  await imports.idle();
  const { status, undone, kept } = await imports.find(id);
  return [status, undone, kept];
}
let number = 0;
async function segmentOf(rule: Rule): Promise<() => Promise<boolean>> {
  number += 1;
  const { status, body } = await admin.post('/crm/segments', {
    name: `S${number}`,
    rule: { combinator: 'and', rules: [rule] },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  const { documentId } = (body as { data: { documentId: string } }).data;
  const { segmentsService } =
    compiled<typeof import('../../../src/plugins/crm/server/segments')>('segments');
  return () => segmentsService(app.strapi).isMember(documentId, customerId);
}
const ordersOf = () => crm.commerce.ordersOf(customerId);
const orderNamed = async (wanted: string) =>
  (await ordersOf()).find(({ orderNumber }) => orderNumber === wanted);

describe('products', () => {
  it('put what was bought into categories, which segments follow', async () => {
    await tell('/orders', orderOf('C-1', 2));
    const jazz = await segmentOf({
      field: 'orders.categoryCount',
      operator: 'gte',
      value: { product: '音楽', amount: 2, within: { count: 10, unit: 'years' } },
    });
    expect(await jazz()).toBe(false);
    const product = { code: 'LP-1', title: '青い夜', category: ['音楽', 'ジャズ'], price: 1000 };
    const told = await tell('/products', { products: [product] });
    expect(told).toMatchObject({ status: 200, data: { created: ['LP-1'], updated: [] } });
    await kernel().drainEvents(app.strapi);
    expect(await jazz()).toBe(true);
    expect((await tell('/products', { products: [product] })).data).toMatchObject({
      unchanged: ['LP-1'],
    });
    const { body } = await admin.get('/crm/segments/fields?lang=ja');
    const fields = (body as { data: { field: string; options?: unknown[] }[] }).data;
    const offered = (name: string) => fields.find(({ field }) => field === name)?.options;
    expect(offered('orders.product')).toContainEqual({ value: 'LP-1', label: '青い夜（LP-1）' });
    expect(offered('orders.category')).toEqual([
      { value: '音楽', label: '音楽' },
      { value: '音楽 > ジャズ', label: '音楽 > ジャズ' },
    ]);
    // Elsewhere now, and an older word of it is ignored.
    const moved = { ...product, category: '本', updatedAt: '2026-11-10T00:00:00Z' };
    await tell('/products', { products: [moved] });
    const late = { ...product, updatedAt: '2026-11-09T00:00:00Z' };
    expect((await tell('/products', { products: [late] })).data).toMatchObject({
      ignored: ['LP-1'],
    });
    await kernel().drainEvents(app.strapi);
    expect(await jazz()).toBe(false);
    for (const wrong of [
      { url: 'javascript:alert(1)' },
      { price: -1 },
      { currency: 'USD' },
      { code: '' },
      { category: Array.from({ length: 11 }, (_, level) => String(level)) },
    ]) {
      expect((await tell('/products', { products: [{ ...product, ...wrong }] })).status).toBe(400);
    }
    expect(
      (await tell('/products', { products: [product] }, { key: 'test-write-key' })).status,
    ).toBe(401);
  });

  it('come as a file, and go again when it is taken back', async () => {
    const run = await bring(
      'products',
      '商品コード,商品名,カテゴリー,価格,商品URL,状態',
      'F-1,本その一,本 > 小説,"1,200円",https://shop.example/1,販売中',
      'F-2,本その二,本＞小説,x,https://shop.example/2,販売中',
      'F-3,本その三,本,100,javascript:1,販売中',
      ',名なし,本,100,,販売中',
      'LP-1,青い夜,音楽 > 邦楽,1000,,販売終了',
    );
    expect(counts(run)).toEqual([1, 1, 0, 3]);
    expect(reasons(run)).toEqual([
      [3, '価格', 'invalid-number'],
      [4, '商品URL', 'invalid-address'],
      [5, '商品コード', 'missing'],
    ]);
    const rows = () =>
      app.strapi.db.connection('crm_products').orderBy('code').select('code', 'category', 'status');
    expect(await rows()).toEqual([
      { code: 'F-1', category: '本 > 小説', status: 'active' },
      { code: 'LP-1', category: '音楽 > 邦楽', status: 'archived' },
    ]);
    expect(await undo(run.id)).toEqual(['undone', 2, 0]);
    expect(await rows()).toEqual([{ code: 'LP-1', category: '本', status: 'active' }]);
    expect(
      await app.strapi.db.connection('crm_product_categories').select('category', 'product_code'),
    ).toEqual([{ category: '本', product_code: 'LP-1' }]);
  });
});

describe('subscriptions', () => {
  const subscription = (more: object = {}) => ({
    subscriptionId: 'SUB-1',
    customerNumber: 'SHOP-1',
    productCode: 'CLUB',
    title: '縁クラブ',
    status: 'active',
    startedAt: '2026-10-01T00:00:00+09:00',
    renewsAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
    amount: 500,
    ...more,
  });

  it('decide segments in the same call, whatever order events come in', async () => {
    const has = await segmentOf({ field: 'subscriptions.active', operator: 'in', value: ['CLUB'] });
    const any = await segmentOf({ field: 'subscriptions.active', operator: 'in', value: ['*'] });
    const soon = await segmentOf({
      field: 'subscriptions.ends',
      operator: 'withinNext',
      value: { count: 14, unit: 'days' },
    });
    const standing = async () => [await has(), await any(), await soon()];
    const told = await tell('/subscriptions', subscription());
    expect(told).toMatchObject({ status: 200, data: { outcome: 'created', status: 'active' } });
    expect(await standing()).toEqual([true, true, false]);
    const endsAt = new Date(Date.now() + 7 * 86_400_000).toISOString();
    const ending = subscription({ endsAt, updatedAt: '2026-11-03T00:00:00Z' });
    await tell('/subscriptions', ending);
    expect(await standing()).toEqual([true, true, true]);
    const late = subscription({ status: 'paused', updatedAt: '2026-11-02T00:00:00Z' });
    expect((await tell('/subscriptions', late)).data).toMatchObject({ outcome: 'ignored' });
    const over = { ...ending, status: 'cancelled', updatedAt: '2026-11-04T00:00:00Z' };
    await tell('/subscriptions', over);
    expect(await standing()).toEqual([false, false, true]);
    const nobody = subscription({ customerNumber: 'nobody', subscriptionId: 'SUB-2' });
    expect((await tell('/subscriptions', nobody)).code).toBe('commerce.unknown-customer');
    for (const wrong of [
      { amount: -1 },
      { currency: 'EUR' },
      { status: 'free' },
      { startedAt: 5 },
    ]) {
      expect((await tell('/subscriptions', subscription(wrong))).status).toBe(400);
    }
  });

  it('come as a file that can be taken back, unless the shop has told otherwise since', async () => {
    const run = await bring(
      'subscriptions',
      '契約番号,顧客番号,プラン,状態,開始日,次回更新日,料金,周期',
      'CSV-1,SHOP-1,CLUB,継続中,2026/10/01,2026/12/01,"5,000円",年額',
      'CSV-2,SHOP-1,CLUB,休止中,2026/10/01,,500,毎月',
      'CSV-3,NOBODY,CLUB,継続中,2026/10/01,,500,毎月',
      'CSV-4,SHOP-1,CLUB,謎,2026/10/01,,500,毎世紀',
      'CSV-5,SHOP-1,CLUB,継続中,,,500,毎月',
    );
    expect(counts(run)).toEqual([2, 0, 0, 3]);
    expect(reasons(run)).toEqual([
      [4, '顧客番号', 'unknown-customer'],
      [5, '状態', 'invalid-status'],
      [5, '周期', 'invalid-interval'],
      [6, '開始日', 'missing'],
    ]);
    const mine = await crm.commerce.subscriptionsOf(customerId);
    expect(mine.find(({ subscriptionId }) => subscriptionId === 'CSV-1')).toMatchObject({
      status: 'active',
      amount: 5000,
      interval: 'year',
    });
    await tell('/subscriptions', subscription({ subscriptionId: 'CSV-2', status: 'cancelled' }));
    expect(await undo(run.id)).toEqual(['undone', 1, 1]);
    const left = await crm.commerce.subscriptionsOf(customerId);
    expect(left.map(({ subscriptionId }) => subscriptionId).sort()).toEqual(['CSV-2', 'SUB-1']);
  });

  it('stand on the record, on the timeline and in her copy, and follow her when she is merged', async () => {
    const path = `/crm/customers/${customerId}`;
    const { body } = await admin.get(`${path}/subscriptions`);
    expect((body as { data: unknown[] }).data).toHaveLength(2);
    const timeline = await admin.get(`${path}/timeline?kinds=subscription,refund`);
    const entries = (timeline.body as { data: { title: { key: string } }[] }).data;
    expect(entries.map(({ title }) => title.key)).toContain('timeline.subscription.started');
    const copy = kernel()
      .personalData.members(app.strapi)
      .find(({ key }) => key === 'subscriptions');
    expect(await copy?.copy(customerId)).toMatchObject([{}, {}]);
    const twin = (await crm.create({ customerNumber: 'SHOP-2', email: 'twin@example.jp' })).id;
    await tell(
      '/subscriptions',
      subscription({ subscriptionId: 'TWIN', customerNumber: 'SHOP-2' }),
    );
    const merged = await admin.post('/crm/customers/merges', { from: twin, into: customerId });
    expect(merged.status, JSON.stringify(merged.body)).toBe(200);
    expect(await crm.commerce.subscriptionsOf(customerId)).toHaveLength(3);
    const { id } = (merged.body as { data: { id: number } }).data;
    expect((await admin.post(`/crm/customers/merges/${id}/undo`)).status).toBe(200);
    expect(await crm.commerce.subscriptionsOf(customerId)).toHaveLength(2);
    expect(await crm.commerce.subscriptionsOf(twin)).toHaveLength(1);
  });
});

describe('payments and returns as files', () => {
  it('settle orders row by row, tell what is wrong, and are taken back', async () => {
    await tell('/orders', orderOf('F-1', 3, { status: 'placed' }));
    await tell('/orders', orderOf('F-2', 2));
    const payments = await bring(
      'payments',
      '注文番号,決済ID,支払方法,金額,状態,支払日',
      'F-1,pay-1,コンビニ,3000,入金済み,2026/11/02',
      'F-1,pay-1,コンビニ,3000,入金済み,2026/11/02',
      'F-2,pay-1,カード,10,支払済み,2026/11/02',
      'NONE,pay-2,カード,10,支払済み,2026/11/02',
      'F-2,pay-3,カード,-10,支払済み,2026/11/02',
    );
    expect(counts(payments)).toEqual([1, 0, 1, 3]);
    expect(reasons(payments)).toEqual([
      [4, null, 'payment-elsewhere'],
      [5, null, 'unknown-order'],
      [6, '金額', 'invalid-number'],
    ]);
    expect((await orderNamed('F-1'))?.status).toBe('paid');
    const returns = await bring(
      'returns',
      '注文番号,返品番号,商品コード,返品数,返金額,返品日,理由',
      'F-1,ret-1,LP-1,1,1000,2026/11/05,傷',
      'F-1,ret-1,LP-1,1,1000,2026/11/05,傷',
      'F-2,ret-2,LP-1,3,100,2026/11/05,',
      'F-2,ret-3,,,5000,2026/11/05,',
      'F-2,ret-4,LP-1,1,100,2026/11/05,',
      'F-2,ret-4,LP-1,1,x,2026/11/05,',
    );
    expect(counts(returns)).toEqual([1, 0, 0, 4]);
    expect(reasons(returns)).toEqual([
      [4, null, 'return-too-many'],
      [5, null, 'refund-too-large'],
      [6, null, 'incomplete-return'],
      [7, '返金額', 'invalid-number'],
    ]);
    expect(await orderNamed('F-1')).toMatchObject({
      total: 1000,
      toldTotal: 3000,
      lines: [{ returnedQuantity: 2 }],
    });
    expect(await undo(returns.id)).toEqual(['undone', 1, 0]);
    const order = await orderNamed('F-1');
    expect([order?.total, order?.lines[0]?.returnedQuantity]).toEqual([3000, undefined]);
    expect(await undo(payments.id)).toEqual(['undone', 1, 0]);
    expect((await orderNamed('F-1'))?.status).toBe('placed');
  });

  it('an order file that is taken back leaves what was paid since', async () => {
    const run = await bring(
      'orders',
      'orderNumber,customerNumber,orderedAt,total,updatedAt,currency',
      'U-1,SHOP-1,2026-11-01,500,2026-11-03,JPY',
      'U-2,SHOP-1,2026-11-01,700,2026-11-03,JPY',
      'U-3,SHOP-1,2026-11-01,700,2026-11-03,USD',
      'U-4,SHOP-1,2026-11-01,-700,2026-11-03,JPY',
    );
    expect(counts(run)).toEqual([2, 0, 0, 2]);
    await tell('/orders/U-1/payments', { reference: 'u-1', method: 'card', amount: 500 });
    const older = orderOf('U-2', 1, { updatedAt: '2026-11-01T00:00:00Z' });
    expect((await tell('/orders', older)).data).toMatchObject({ outcome: 'ignored' });
    expect(await undo(run.id)).toEqual(['undone', 1, 1]);
    expect((await orderNamed('U-1'))?.total).toBe(500);
    expect(await orderNamed('U-2')).toBeUndefined();
  });
});
