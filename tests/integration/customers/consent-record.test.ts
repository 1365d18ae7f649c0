import { afterAll, beforeAll, expect, it } from 'vitest';

import { consentPrintSchema } from '../../../src/plugins/crm/shared/consent';
import { timelineSchema } from '../../../src/plugins/crm/shared/customers';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { people } from './people';

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
beforeAll(async () => {
  app = await startApp();
  crm = people(app);
  admin = await adminClient(app);
});
afterAll(() => app.stop());

async function print(id: number, language: 'ja' | 'en'): Promise<string> {
  const { body } = await admin.post(`/crm/customers/${id}/consent-record`, { language });
  return consentPrintSchema.parse(body).data.html;
}
type Entry = Parameters<ReturnType<typeof people>['consent']['record']>[1];
const record = (entry: Omit<Entry, 'purpose'>) =>
  crm.unit((unit) => crm.consent.record(unit, { ...entry, purpose: 'marketing' }));

it('prints wording, version, source, time and proof by purpose and channel, in both languages', async () => {
  const { id } = await crm.create({
    familyName: '山田',
    givenName: '<b>花子</b>',
    familyNameKana: 'やまだ',
    email: 'print@example.jp',
  });
  await record({
    customerId: id,
    channel: 'email',
    granted: true,
    source: 'form',
    wording: { key: 'marketing.email', version: 'v1' },
    occurredAt: new Date('2026-01-15T01:30:00Z'),
    proof: { ip: '192.0.2.7', page: '/register"><script>alert(1)</script>' },
  });
  await record({
    customerId: id,
    channel: 'email',
    granted: false,
    source: 'unsubscribe',
    occurredAt: new Date('2026-02-01T00:00:00Z'),
  });
  await record({
    customerId: id,
    channel: 'line',
    granted: true,
    source: 'shop-counter',
    wording: { key: 'marketing.line', version: '2019-paper' },
    occurredAt: new Date('2025-12-01T00:00:00Z'),
  });
  const ja = await print(id, 'ja');
  for (const part of [
    '山田 &lt;b&gt;花子&lt;/b&gt;',
    'ヤマダ',
    '第3条第2項',
    '新着やキャンペーンのご案内を、メールで受け取ります。',
    '（marketing.email v1）',
    'この版の文言は登録されていません',
    'shop-counter',
    '2026年1月15日 10:30:00（Asia/Tokyo）',
    'ip: 192.0.2.7',
    '配信停止の手続き',
  ]) {
    expect(ja).toContain(part);
  }
  expect(ja).not.toContain('<script');
  expect(ja).toContain('@page');
  // Oldest first: paper is read from the top.
  const places = ['shop-counter', 'ip: 192.0.2.7', '配信停止の手続き'].map((part) =>
    ja.indexOf(part),
  );
  expect(places).toEqual([...places].sort((a, b) => a - b));
  const en = await print(id, 'en');
  expect(en).toContain('I would like to receive news and offers by e-mail.');
  expect(en).toContain('<html lang="en">');
  expect(en).toContain('Refused or withdrawn');
});

it('prints for anybody, also who was never asked, and writes down that it was made', async () => {
  const { id } = await crm.create({});
  expect(await print(id, 'ja')).toContain('記録はありません。');
  const [made] = await app.strapi.db.connection('crm_consent_prints').where({ customer_id: id });
  expect(made).toMatchObject({ locale: 'ja', staff_id: expect.any(Number) });
  const { body } = await admin.get(`/crm/customers/${id}/timeline?kinds=consent`);
  expect(timelineSchema.parse(body).data.map(({ type }) => type)).toEqual(['printed']);
});

it('is for staff with the right only', async () => {
  const { id } = await crm.create({});
  const reader = await adminClient(app, ['customers.read']);
  const path = `/crm/customers/${id}/consent-record`;
  expect((await reader.post(path, { language: 'ja' })).status).toBe(403);
  expect((await admin.post(path, { language: 'fr' })).status).toBe(400);
  expect(
    (await admin.post('/crm/customers/999999/consent-record', { language: 'ja' })).status,
  ).toBe(404);
  expect((await fetch(`${app.origin}${path}`, { method: 'POST' })).status).toBe(401);
});
