/** Plans: access begins and ends at the stored instant, on every door, with no job having run. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { registerMember } from '../../support/member';
import { flushMails, siteBrowser, type SiteBrowser } from '../../support/site-browser';

type Customers = typeof import('../../../src/plugins/crm/server/customers');
type Segments = typeof import('../../../src/plugins/crm/server/segments');
type Access = typeof import('../../../src/plugins/crm/server/access');

const NOW = Date.parse('2026-06-15T12:00:00+09:00');
const DAY = 86_400_000;

let smtp: FakeSmtp;
let app: TestApp;
let admin: AdminClient;
let hanako: SiteBrowser;
let hanakoId: number;

const customers = () => compiled<Customers>('customers').customersService(app.strapi);
const segments = () => compiled<Segments>('segments').segmentsService(app.strapi);
const clock = () => kernel().clock(app.strapi);
const dataOf = <T>(answer: { body: unknown }): T => (answer.body as { data: T }).data;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({ env: { SMTP_PORT: String(smtp.port) } });
  admin = await adminClient(app);
  clock().set(new Date(NOW));
  ({ browser: hanako } = await registerMember(app, smtp, 'hanako@example.jp'));
  hanakoId = (await customers().findByIdentity('email', 'hanako@example.jp'))?.id ?? 0;
  for (const key of ['fan-club', 'course']) {
    expect((await admin.post('/crm/plans', { key, name: `会 ${key}` })).status).toBe(201);
  }
  await app.strapi.documents('api::article.article').create({
    data: {
      title: 'ファンクラブ会報',
      slug: 'for-fans',
      access: { audience: { type: 'plans', keys: ['fan-club'] }, otherwise: 'deny' },
    } as never,
    status: 'published',
  });
});
afterAll(async () => {
  await flushMails(app);
  await app.stop();
  await smtp.stop();
});
beforeEach(async () => {
  clock().set(new Date(NOW));
  await app.strapi.db.connection('crm_plan_memberships').delete();
  await app.strapi.db.connection('crm_member_events').where('type', 'like', 'plan-%').delete();
  await app.strapi.db.connection('crm_rate_limits').delete();
});

interface Held {
  id: number;
  status: string;
  endsAt: number | null;
}

const plansPath = (id = hanakoId) => `/crm/members/${id}/plans`;
const grant = (body: object, id = hanakoId) => admin.post(plansPath(id), body);
const granted = async (body: object): Promise<Held> => {
  const answer = await grant(body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return dataOf<Held>(answer);
};
const change = (held: Held, what: string, body: object = {}) =>
  admin.post(`${plansPath()}/${held.id}/${what}`, body);

/** What the site itself answers to her. */
async function reads(browser = hanako): Promise<number> {
  const page = await browser.get('/articles/for-fans');
  expect(page.text.includes('ファンクラブ会報')).toBe(page.status === 200);
  return page.status;
}

/** The gate's word, for the doors without a request: mail and LINE. */
async function plansOf(id = hanakoId): Promise<readonly string[]> {
  const access = compiled<Access>('access').accessService(app.strapi);
  return (await access.viewerForCustomer(id)).plans;
}

describe('access by plan', () => {
  it('begins and ends at the stored instants without any job', async () => {
    expect(await reads()).toBe(403);
    await granted({
      plan: 'fan-club',
      startsAt: new Date(NOW + DAY).toISOString(),
      endsAt: new Date(NOW + 2 * DAY).toISOString(),
    });
    const moments = [
      [DAY - 1, 403],
      [DAY, 200],
      [2 * DAY - 1, 200],
      [2 * DAY, 403],
    ] as const;
    for (const [after, status] of moments) {
      clock().set(new Date(NOW + after));
      expect(await reads(), String(after)).toBe(status);
      expect(await plansOf()).toEqual(status === 200 ? ['fan-club'] : []);
    }
  });

  it('reads a day as a whole day where the site is', async () => {
    await granted({ plan: 'fan-club', startsAt: '2026-06-15', endsAt: '2026-06-16' });
    expect(await reads()).toBe(200);
    clock().set(new Date('2026-06-16T23:59:59.999+09:00'));
    expect(await reads()).toBe(200);
    clock().set(new Date('2026-06-17T00:00:00+09:00'));
    expect(await reads()).toBe(403);
  });

  it('stops while paused and gets the time back', async () => {
    const held = await granted({ plan: 'fan-club', endsAt: new Date(NOW + DAY).toISOString() });
    expect((await change(held, 'pause')).status).toBe(200);
    expect(await reads()).toBe(403);
    clock().set(new Date(NOW + 10 * DAY));
    expect(await reads()).toBe(403);
    expect(dataOf<Held>(await change(held, 'resume')).endsAt).toBe(NOW + 11 * DAY);
    expect(await reads()).toBe(200);
    clock().set(new Date(NOW + 11 * DAY));
    expect(await reads()).toBe(403);
  });

  it('comes back by itself when the pause was planned', async () => {
    const held = await granted({ plan: 'fan-club' });
    await change(held, 'pause', { resumesAt: new Date(NOW + DAY).toISOString() });
    expect(await reads()).toBe(403);
    clock().set(new Date(NOW + DAY));
    expect(await reads()).toBe(200);
  });

  it('ends at once, with its history on the record, the timeline and her page', async () => {
    const held = await granted({ plan: 'fan-club' });
    expect((await hanako.get('/m/me')).text).toContain('会 fan-club');
    clock().advance(1);
    expect((await change(held, 'end')).status).toBe(200);
    expect(await reads()).toBe(403);
    expect((await change(held, 'end')).status).toBe(409);
    const { history } = dataOf<{ history: { type: string; by: string | null }[] }>(
      await admin.get(plansPath()),
    );
    expect(history[0]).toMatchObject({ type: 'plan-ended', by: 'Admin Test' });
    const { entries } = await customers().timeline(hanakoId, { limit: 5, kinds: ['member'] });
    expect(entries[0]).toMatchObject({ type: 'plan-ended' });
  });

  it('is named on the timeline as its reader calls it today, and by its old name once it is gone', async () => {
    const key = 'renamed';
    expect((await admin.post('/crm/plans', { key, name: '旧名' })).status).toBe(201);
    const held = await granted({ plan: key });
    expect((await change(held, 'end')).status).toBe(200);
    const titles = async (lang: string) => {
      const path = `/crm/customers/${hanakoId}/timeline?kinds=member&lang=${lang}`;
      const entries = dataOf<{ type: string; title: { params: { name?: string } } }[]>(
        await admin.get(path),
      );
      return entries.find(({ type }) => type === 'plan-granted')?.title.params.name;
    };
    const names = { name: '新名', nameEn: 'New name' };
    expect((await admin.put(`/crm/plans/${key}`, names)).status).toBe(200);
    expect([await titles('ja'), await titles('en')]).toEqual(['新名', 'New name']);
    await app.strapi.db.query('plugin::crm.plan').deleteMany({ where: { key } });
    expect([await titles('ja'), await titles('en')]).toEqual(['旧名', '旧名']);
  });

  it('is not granted twice, also when two ask at once', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => grant({ plan: 'fan-club' })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
  });
});

describe('a segment by plan', () => {
  it('follows a grant at once and an end within the minute', async () => {
    const rule = {
      combinator: 'and',
      rules: [{ field: 'membership.plan', operator: 'in', value: ['course'] }],
    };
    const made = await admin.post('/crm/segments', { name: '受講生', rule, kind: 'dynamic' });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const { documentId } = dataOf<{ documentId: string }>(made);
    await kernel().jobs(app.strapi).fire('members.plan-boundaries');
    await granted({ plan: 'course', endsAt: new Date(NOW + DAY).toISOString() });
    expect(await segments().isMember(documentId, hanakoId)).toBe(true);
    clock().set(new Date(NOW + DAY));
    await kernel().jobs(app.strapi).fire('members.plan-boundaries');
    expect(await segments().isMember(documentId, hanakoId)).toBe(false);
    const fields = dataOf<{ field: string; options?: { value: string }[] }[]>(
      await admin.get('/crm/segments/fields'),
    );
    const plan = fields.find(({ field }) => field === 'membership.plan');
    expect(plan?.options?.map(({ value }) => value)).toEqual(['fan-club', 'course']);
  });
});

describe('refused', () => {
  it.each([
    [{ plan: 'no-such' }, 404],
    [{ plan: '../etc' }, 400],
    [{ plan: 'fan-club', endsAt: '2020-01-01' }, 400],
    [{ plan: 'fan-club', endsAt: 'tomorrow' }, 400],
    [{ plan: 'fan-club', startsAt: '2026-07-01', endsAt: '2026-06-20' }, 400],
    [{}, 400],
  ])('%j is %i', async (body, status) => {
    expect((await grant(body)).status).toBe(status);
  });

  it('a holding of another customer, an unknown one, and the editor without permission', async () => {
    const held = await granted({ plan: 'fan-club' });
    const other = await kernel().inTransaction(app.strapi, (unit) =>
      customers().create(unit, { familyName: '別人' }),
    );
    const otherId = other.ok ? other.value.id : 0;
    const foreign = `${plansPath(otherId)}/${held.id}/end`;
    expect((await admin.post(foreign, {})).status).toBe(404);
    expect(await reads()).toBe(200);
    expect((await grant({ plan: 'fan-club' }, 999_999)).status).toBe(404);
    const reader = await adminClient(app, ['customers.read']);
    expect((await reader.get(plansPath())).status).toBe(200);
    expect((await reader.post(plansPath(), { plan: 'course' })).status).toBe(403);
    expect((await reader.post('/crm/plans', { key: 'x', name: 'x' })).status).toBe(403);
  });

  it('deleting a plan that somebody held', async () => {
    await granted({ plan: 'course' });
    expect((await admin.delete('/crm/plans/course')).status).toBe(409);
    expect((await admin.post('/crm/plans', { key: 'course', name: 'again' })).status).toBe(409);
  });
});

describe('the door for programs', () => {
  const send = (method: string, path: string, body: object, token?: string) =>
    fetch(`${app.origin}/api/crm/plan-memberships${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
    });
  const tokenFor = async (permissions: string[]) => {
    const created = await app.strapi.service('admin::api-token').create({
      name: `shop-${Math.random()}`,
      description: '',
      type: 'custom',
      permissions,
      lifespan: null,
    });
    return String(created.accessKey);
  };
  const order = {
    customer: { email: 'HANAKO@example.jp' },
    plan: 'fan-club',
    reference: 'sub_1',
    endsAt: '2026-07-15',
  };

  it('grants once for the same reference, renews it, and ends it', async () => {
    const token = await tokenFor([
      'plugin::crm.member-plans.put',
      'plugin::crm.member-plans.changeByReference',
    ]);
    const both = await Promise.all([1, 2].map(() => send('PUT', '', order, token)));
    expect(both.map((answer) => answer.status)).toEqual([200, 200]);
    expect(await reads()).toBe(200);
    const renewed = await send('PUT', '', { ...order, endsAt: '2026-08-15' }, token);
    const { data } = (await renewed.json()) as { data: { endsAt: number } };
    expect(data.endsAt).toBe(Date.parse('2026-08-16T00:00:00+09:00'));
    expect(await app.strapi.db.connection('crm_plan_memberships').select('id')).toHaveLength(1);
    const end = { action: 'end', reference: 'sub_1' };
    expect((await send('POST', '/change', end, token)).status).toBe(200);
    expect(await reads()).toBe(403);
  });

  it('refuses everybody else', async () => {
    const other = await tokenFor(['api::article.article.find']);
    expect((await send('PUT', '', order)).status).toBe(403);
    expect((await send('PUT', '', order, other)).status).toBe(403);
    expect((await send('PUT', '', order, 'forged')).status).toBe(401);
    // Even where an operator gave members the permission by mistake.
    const role = await app.strapi.db
      .query('plugin::users-permissions.role')
      .findOne({ where: { type: 'public' } });
    await app.strapi.db.query('plugin::users-permissions.permission').create({
      data: { action: 'plugin::crm.member-plans.put', role: role?.id },
    });
    expect((await send('PUT', '', order)).status).toBe(403);
    expect(await plansOf()).toEqual([]);
    expect((await siteBrowser(app).get('/articles/for-fans')).status).toBe(401);
  });
});
