import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { customerConsentsSchema } from '../../../src/plugins/crm/shared/consent';
import {
  customerRecordSchema,
  postalCodeAnswerSchema,
  timelineSchema,
} from '../../../src/plugins/crm/shared/customers';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { people } from './people';

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
let id: number;
beforeAll(async () => {
  app = await startApp();
  crm = people(app);
  admin = await adminClient(app);
  id = (
    await crm.create({
      familyName: '縁',
      email: 'secret-oracle@example.jp',
      phone: '090-1111-2222',
    })
  ).id;
});
afterAll(() => app.stop());

const MISSING = ['999999', '0', '-1', 'abc', '1%20or%201=1', '99999999999999999999'];

describe('a record', () => {
  it('is read and changed with wrong fields named in the reader’s language', async () => {
    const { body } = await admin.get(`/crm/customers/${id}`);
    expect(customerRecordSchema.parse(body).data.identities).toHaveLength(2);
    const wrong = await admin.put(`/crm/customers/${id}?lang=ja`, {
      email: 'あ',
      familyNameKana: '縁',
    });
    expect(wrong).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 'customers.invalid-fields',
          details: {
            fields: [
              { path: 'familyNameKana', message: expect.stringContaining('フリガナ') },
              { path: 'email', message: expect.stringContaining('メールアドレス') },
            ],
          },
        },
      },
    });
    const saved = await admin.put(`/crm/customers/${id}`, {
      familyNameKana: 'えにし',
      note: 'a\nb',
    });
    expect(saved).toMatchObject({
      status: 200,
      body: { data: { familyNameKana: 'エニシ', note: 'a\nb' } },
    });
  });

  it.each([
    [{ id: 1 }],
    [{ documentId: 'x' }],
    [{ tags: 'jazz' }],
    [{ locale: 'fr' }],
    [{ note: 'x'.repeat(10_001) }],
    [{ note: 'a\u0000b' }],
  ])('refuses %j', async (body) => {
    expect((await admin.put(`/crm/customers/${id}`, body)).status).toBe(400);
  });

  it.each(MISSING)('that does not exist is a clear 404 everywhere: %s', async (missing) => {
    for (const path of ['', '/timeline', '/consents', '/orders']) {
      const { status, body } = await admin.get(`/crm/customers/${missing}${path}?lang=en`);
      expect(status).toBe(404);
      expect(body).toMatchObject({ error: { code: 'customers.not-found' } });
    }
    expect((await admin.put(`/crm/customers/${missing}`, {})).status).toBe(404);
  });

  it('is closed to staff without the permission, and to everybody else', async () => {
    const nobody = await adminClient(app, []);
    const reader = await adminClient(app, ['customers.read']);
    expect((await nobody.get('/crm/customers')).status).toBe(403);
    expect((await nobody.get(`/crm/customers/${id}`)).status).toBe(403);
    expect((await reader.put(`/crm/customers/${id}`, { note: 'x' })).status).toBe(403);
    expect(
      (await reader.post(`/crm/customers/${id}/consents`, { channel: 'email', granted: true }))
        .status,
    ).toBe(403);
    expect((await fetch(`${app.origin}/crm/customers/${id}`)).status).toBe(401);
  });
});

describe('consent by staff', () => {
  it('is appended with who did it, and shows on the timeline in true order', async () => {
    const change = (granted: boolean) =>
      admin.post(`/crm/customers/${id}/consents`, { channel: 'postal', granted, note: '電話' });
    await change(true);
    const { body } = await change(false);
    const { states, history } = customerConsentsSchema.parse(body).data;
    expect(states).toMatchObject([{ channel: 'postal', granted: false }]);
    expect(history.map((record) => [record.granted, record.source])).toEqual([
      [false, 'admin'],
      [true, 'admin'],
    ]);
    const [row] = await app.strapi.db.connection('crm_consents').orderBy('id', 'desc').limit(1);
    expect(JSON.parse(row.proof)).toEqual({ staff: expect.stringContaining('@'), note: '電話' });
    const timeline = timelineSchema.parse(
      (await admin.get(`/crm/customers/${id}/timeline?kinds=consent`)).body,
    );
    expect(timeline.data.map((entry) => entry.title.key)).toEqual([
      'timeline.consent.withdrawn',
      'timeline.consent.granted',
    ]);
    expect(timeline.page.kinds).toEqual(expect.arrayContaining(['consent', 'order']));
    expect(
      (await admin.post(`/crm/customers/${id}/consents`, { channel: 'fax', granted: 1 })).status,
    ).toBe(400);
  });
});

describe('the timeline', () => {
  it('pages through many orders, none twice, none lost, ties included', async () => {
    const buyer = await crm.create({ customerNumber: 'TL-1' });
    const start = Date.parse('2026-01-01T00:00:00Z');
    await crm.unit((unit) =>
      crm.commerce.recordOrders(
        unit,
        Array.from({ length: 45 }, (_, index) => ({
          orderNumber: `TL-${index}`,
          customerId: buyer.id,
          // Three orders at each instant.
          orderedAt: new Date(start + Math.floor(index / 3) * 60_000),
          status: 'paid' as const,
          total: 100,
          lines: [],
        })),
      ),
    );
    const seen: string[] = [];
    let before = '';
    do {
      const { body } = await admin.get(`/crm/customers/${buyer.id}/timeline?limit=10${before}`);
      const page = timelineSchema.parse(body);
      seen.push(...page.data.map((entry) => entry.id));
      before = page.page.next ? `&before=${page.page.next}` : '';
    } while (before !== '');
    expect(new Set(seen).size).toBe(45);
    expect(seen).toHaveLength(45);
  });
});

describe('postal codes', () => {
  const ask = (code: string) =>
    fetch(`${app.origin}/api/crm/postal-codes/${encodeURIComponent(code)}?lang=ja`);

  it('give the address without a network', async () => {
    const answer = postalCodeAnswerSchema.parse(await (await ask('１５０－０００１')).json());
    expect(answer.data).toEqual({
      postalCode: '1500001',
      candidates: [{ prefecture: '東京都', city: '渋谷区', street: '神宮前' }],
    });
    const two = postalCodeAnswerSchema.parse(await (await ask('4980000')).json());
    expect(new Set(two.data.candidates.map((each) => each.prefecture)).size).toBe(2);
  });

  it('say what is wrong, and are limited', async () => {
    expect((await ask('12')).status).toBe(400);
    expect((await ask('0000000')).status).toBe(404);
    // Counts begin anew with every minute: none may end in the middle of these.
    kernel().clock(app.strapi).advance(0);
    const statuses = await Promise.all(Array.from({ length: 70 }, () => ask('1500001')));
    expect(statuses.map((response) => response.status)).toContain(429);
    kernel().clock(app.strapi).reset();
  });
});

describe('REST', () => {
  it('gives nobody anything of a customer', async () => {
    const { strapi } = app;
    const full = await strapi.service('admin::api-token').create({
      name: 'full',
      description: '',
      type: 'full-access',
      lifespan: null,
    });
    const paths = ['customers', 'crm/customers', `crm/customers/${id}`, 'crm.customer'];
    const queries = [
      '',
      '?_q=secret-oracle',
      '?filters[email][$startsWith]=secret',
      '?fields[0]=email&sort=email',
    ];
    const callers: HeadersInit[] = [{}, { authorization: `Bearer ${full.accessKey}` }];
    for (const path of paths) {
      for (const query of queries) {
        for (const headers of callers) {
          const response = await fetch(`${app.origin}/api/${path}${query}`, { headers });
          expect(response.status).toBe(404);
          expect(await response.text()).not.toContain('secret-oracle');
        }
      }
    }
  });

  it('has nothing but private, unsearchable attributes to give', () => {
    const { attributes } = app.strapi.contentType('plugin::crm.customer' as never) as {
      attributes: Record<string, { private?: boolean; searchable?: boolean; type: string }>;
    };
    const own = Object.entries(attributes).filter(
      ([name]) =>
        ![
          'documentId',
          'createdAt',
          'updatedAt',
          'publishedAt',
          'createdBy',
          'updatedBy',
          'locale',
          'localizations',
        ].includes(name),
    );
    expect(own.length).toBeGreaterThan(20);
    for (const [name, attribute] of own) {
      expect([name, attribute.private, attribute.searchable]).toEqual([name, true, false]);
    }
  });
});

describe('a customer changed as a document', () => {
  const documents = () => app.strapi.documents('plugin::crm.customer' as never);

  it('obeys the same rules: normalised, unique, searchable, gone when deleted', async () => {
    const created = await documents().create({
      data: {
        familyName: '文書',
        familyNameKana: 'ﾌﾞﾝｼｮ',
        phone: '03-1234-5678',
        email: 'Doc@Example.jp',
      } as never,
    });
    const found = await crm.customers.findByIdentity('email', 'doc@example.jp');
    expect(found).toMatchObject({ familyNameKana: 'ブンショ', phone: '+81312345678' });
    expect((await crm.customers.search({ text: 'bunsho' })).total).toBe(1);
    const taken = documents().create({ data: { email: 'doc@example.jp' } as never });
    await expect(taken).rejects.toThrow('別のお客様');
    await expect(documents().create({ data: { phone: '12' } as never })).rejects.toThrow(
      '電話番号',
    );
    await documents().update({
      documentId: created.documentId,
      data: { familyNameKana: 'あらた' } as never,
    });
    expect((await crm.customers.search({ text: 'arata' })).total).toBe(1);
    expect((await crm.customers.search({ text: 'bunsho' })).total).toBe(0);
    await documents().delete({ documentId: created.documentId });
    expect(await crm.customers.findByIdentity('email', 'doc@example.jp')).toBeNull();
    expect((await crm.customers.search({ text: 'arata' })).total).toBe(0);
  });
});
