import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { customerRecordSchema } from '../../../src/plugins/crm/shared/customers';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { NAUGHTY } from '../../support/naughty';
import { people, unwrap } from './people';

let app: TestApp;
let crm: ReturnType<typeof people>;
beforeAll(async () => {
  app = await startApp();
  crm = people(app);
});
afterAll(() => app.stop());

const misaki = {
  customerNumber: 'EN-0001',
  familyName: '髙橋',
  givenName: '美咲',
  familyNameKana: 'ﾀｶﾊｼ',
  givenNameKana: 'みさき',
  email: 'Misaki.Takahashi@Example.JP',
  phone: '０９０ー１２３４ー５６７８',
  postalCode: '〒150-0001',
};

describe('a customer', () => {
  it('is stored in one spelling and read back whole', async () => {
    const created = await crm.create({
      ...misaki,
      tags: ['ジャズ', ' ジャズ '],
      birthday: '1990年4月1日',
    });
    const found = await crm.customers.find(created.id);
    expect(found).toEqual(created);
    expect(found).toMatchObject({
      familyName: '髙橋',
      familyNameKana: 'タカハシ',
      givenNameKana: 'ミサキ',
      email: 'misaki.takahashi@example.jp',
      phone: '+819012345678',
      postalCode: '1500001',
      birthday: '1990-04-01',
      tags: ['ジャズ'],
      tier: 'regular',
      locale: 'ja',
      madeUp: false,
    });
    expect(found?.registeredAt).toBeGreaterThan(Date.now() - 60_000);
  });

  it('holds its identities and is found by any spelling of them', async () => {
    const held = await crm.customers.findByIdentity('email', 'MISAKI.takahashi@example.jp');
    expect(held?.customerNumber).toBe('EN-0001');
    expect((await crm.customers.findByIdentity('phone', '090-1234-5678'))?.id).toBe(held?.id);
    const identities = await crm.customers.identities(held?.id ?? 0);
    expect(identities.map(({ kind, verifiedAt }) => [kind, verifiedAt])).toEqual([
      ['email', null],
      ['customer-number', null],
      ['phone', null],
    ]);
  });

  it('is refused with the wrong fields named, and nothing is written', async () => {
    const result = await crm.unit((unit) =>
      crm.customers.create(unit, { email: 'a@b', phone: '12', familyNameKana: '山田' }, 'en'),
    );
    expect(result).toMatchObject({
      ok: false,
      refusal: {
        code: 'customers.invalid-fields',
        status: 400,
        fields: [
          { path: 'email', message: expect.stringContaining('not an e-mail address') },
          { path: 'phone' },
          { path: 'familyNameKana' },
        ],
      },
    });
    expect((await crm.customers.search({})).total).toBe(1);
  });

  it('does not take the e-mail or number of somebody else', async () => {
    const sameMail = await crm.unit((unit) =>
      crm.customers.create(unit, { email: misaki.email.toLowerCase() }),
    );
    expect(sameMail).toMatchObject({ ok: false, refusal: { code: 'customers.email-taken' } });
    const other = await crm.create({ familyName: '佐藤', email: 'sato@example.jp' });
    const stolen = await crm.unit((unit) =>
      crm.customers.update(unit, other.id, { customerNumber: 'EN-0001' }),
    );
    expect(stolen).toMatchObject({ ok: false, refusal: { code: 'customers.number-taken' } });
  });

  it('shares a phone with the family without a refusal; the first keeps the identity', async () => {
    const son = await crm.create({ familyName: '髙橋', givenName: '健', phone: misaki.phone });
    expect(son.phone).toBe('+819012345678');
    expect((await crm.customers.findByIdentity('phone', misaki.phone))?.givenName).toBe('美咲');
  });

  it('frees the old address when it gets a new one, and tells which fields changed', async () => {
    const sato = await crm.customers.findByIdentity('email', 'sato@example.jp');
    const events = () =>
      app.strapi.db.connection('crm_domain_events').where({ type: 'customer.changed' });
    const before = (await events()).length;
    const id = sato?.id ?? 0;
    unwrap(
      await crm.unit((unit) =>
        crm.customers.update(unit, id, { email: 'new@example.jp', familyName: '佐藤' }),
      ),
    );
    expect(await crm.customers.findByIdentity('email', 'sato@example.jp')).toBeNull();
    expect((await crm.customers.findByIdentity('email', 'new@example.jp'))?.id).toBe(id);
    const after = await events();
    expect(after).toHaveLength(before + 1);
    expect(JSON.parse(after.at(-1).payload)).toEqual({ customerIds: [id], fields: ['email'] });
    unwrap(await crm.unit((unit) => crm.customers.update(unit, id, { email: 'NEW@example.jp' })));
    expect(await events()).toHaveLength(before + 1);
  });

  it('is refused for an unknown id', async () => {
    const result = await crm.unit((unit) => crm.customers.update(unit, 999_999, { note: 'x' }));
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'customers.not-found', status: 404 },
    });
  });
});

describe('identities', () => {
  it('go to the one who proved them, and are refused to others from then on', async () => {
    const a = await crm.create({ familyName: 'A' });
    const b = await crm.create({ familyName: 'B' });
    const c = await crm.create({ familyName: 'C' });
    const claim = (customerId: number, verifiedAt?: Date) =>
      crm.unit((unit) =>
        crm.customers.attachIdentity(unit, { customerId, kind: 'line', value: 'Uabc', verifiedAt }),
      );
    expect(await claim(a.id)).toMatchObject({ ok: true });
    expect(await claim(b.id)).toMatchObject({
      ok: false,
      refusal: { code: 'customers.identity-taken' },
    });
    expect(await claim(b.id, new Date(1000))).toMatchObject({
      ok: true,
      value: { customerId: b.id },
    });
    expect(await claim(c.id, new Date(2000))).toMatchObject({
      ok: false,
      refusal: { status: 409 },
    });
    expect(await claim(a.id)).toMatchObject({ ok: false });
    expect((await crm.customers.findByIdentity('line', 'Uabc'))?.id).toBe(b.id);
    expect((await crm.customers.identities(b.id))[0]?.verifiedAt).toBe(1000);
  });

  it('of a browser belong to whoever used it last', async () => {
    const a = await crm.create({ familyName: 'A' });
    const b = await crm.create({ familyName: 'B' });
    for (const { id } of [a, b]) {
      const held = await crm.unit((unit) =>
        crm.customers.attachIdentity(unit, { customerId: id, kind: 'visitor', value: 'v-1' }),
      );
      expect(held).toMatchObject({ ok: true });
    }
    expect((await crm.customers.findByIdentity('visitor', 'v-1'))?.id).toBe(b.id);
  });

  it('are held once when two claim at the same time', async () => {
    const rivals = [await crm.create({ familyName: 'R1' }), await crm.create({ familyName: 'R2' })];
    const results = await Promise.all(
      rivals.map(({ id }) =>
        crm.unit((unit) =>
          crm.customers.attachIdentity(unit, {
            customerId: id,
            kind: 'line',
            value: 'Urace',
            verifiedAt: new Date(),
          }),
        ),
      ),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
  });
});

describe('hostile text over the API', () => {
  let admin: AdminClient;
  let id: number;
  beforeAll(async () => {
    admin = await adminClient(app);
    id = (await crm.create({ familyName: '縁' })).id;
  });
  const put = (body: object) => admin.put(`/crm/customers/${id}`, body);
  const recordNow = async () =>
    customerRecordSchema.parse((await admin.get(`/crm/customers/${id}`)).body).data;
  /** A tag is short; the longest text is refused there. */
  const short = NAUGHTY.filter((bad) => bad.length <= 50);
  const lines = ['familyName', 'givenName', 'company', 'city', 'street', 'building'] as const;
  const strict = ['email', 'phone', 'postalCode', 'birthday'];
  const all = (fields: readonly string[], bad: unknown) =>
    Object.fromEntries(fields.map((field) => [field, bad]));

  it('is stored as text in every free field, and stays as it is when saved again', async () => {
    for (const bad of short) {
      const sent = { ...all([...lines, 'gender', 'customerNumber'], bad), note: bad, tags: [bad] };
      expect((await put(sent)).status, bad).toBe(200);
      const stored = await recordNow();
      expect(stored.note, bad).toBe(bad);
      expect(new Set(lines.map((field) => stored[field])).size, bad).toBe(1);
      expect(stored.company?.length, bad).toBeGreaterThan(0);
      await put({ company: stored.company, note: stored.note, tags: stored.tags });
      expect(await recordNow(), bad).toMatchObject({ company: stored.company, tags: stored.tags });
    }
  });

  it('is refused by name in every strict field; a NUL is refused everywhere', async () => {
    const before = await recordNow();
    for (const bad of short) {
      const { status, body } = await put(all(strict, bad));
      const { error } = body as { error: { details: { fields: { path: string }[] } } };
      expect([status, error.details.fields.map(({ path }) => path).sort()], bad).toEqual([
        400,
        [...strict].sort(),
      ]);
    }
    for (const field of [...lines, ...strict, 'familyNameKana', 'locale', 'note', 'tier']) {
      expect((await put({ [field]: 'a\u0000b' })).status, field).toBe(400);
    }
    expect((await put({ tags: ['a\u0000b'] })).status).toBe(400);
    expect(await recordNow()).toEqual(before);
  });

  it('is searched for and filtered by like any other', async () => {
    const keys = ['tier', 'lifecycle', 'segment', 'owner', 'consent', 'cursor', 'sort'];
    for (const [index, bad] of [...NAUGHTY, 'a\u0000b'].entries()) {
      const key = keys[index % keys.length] ?? '';
      for (const asked of [{ q: bad }, { [key]: bad }]) {
        const query = new URLSearchParams(asked).toString();
        const { status } = await admin.get(`/crm/customers?${query}`);
        expect([200, 400, 404], query).toContain(status);
      }
    }
  });
});
