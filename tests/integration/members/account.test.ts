import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { HANAKO, registerMember } from '../../support/member';
import { flushMails, siteBrowser } from '../../support/site-browser';

type Customers = typeof import('../../../src/plugins/crm/server/customers');

let smtp: FakeSmtp;
let app: TestApp;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({ env: { SMTP_PORT: String(smtp.port) } });
  for (const email of ['hanako@example.jp', 'taro@example.jp']) {
    await registerMember(app, smtp, email);
  }
});
afterAll(async () => {
  await flushMails(app);
  await app.stop();
  await smtp.stop();
});
beforeEach(async () => {
  smtp.clear();
  kernel().clock(app.strapi).reset();
  await app.strapi.db.connection('crm_rate_limits').delete();
});

const { password } = HANAKO;
const customers = () => compiled<Customers>('customers').customersService(app.strapi);

async function loggedIn(email = 'hanako@example.jp') {
  const browser = siteBrowser(app);
  const answer = await browser.form('/m/login', { email, password });
  expect(answer.status).toBe(303);
  return browser;
}

describe('my page', () => {
  it('sends who is not logged in to the log-in page and back', async () => {
    const answer = await siteBrowser(app).get('/m/me');
    expect(answer.headers.get('location')).toBe('/m/login?next=%2Fm%2Fme');
    for (const path of ['/m/me/profile', '/m/me/channels', '/m/me/password']) {
      expect((await siteBrowser(app).json(path, {})).status).toBe(401);
    }
  });

  it('changes only one’s own data, whatever ids are sent', async () => {
    const browser = await loggedIn();
    const taro = await customers().findByIdentity('email', 'taro@example.jp');
    const answer = await browser.form('/m/me/profile', {
      ...HANAKO,
      familyName: '佐藤',
      id: String(taro?.id),
      customerId: String(taro?.id),
      email: 'taro@example.jp',
      tier: 'platinum',
    });
    expect(answer.status).toBe(303);
    expect(await customers().findByIdentity('email', 'hanako@example.jp')).toMatchObject({
      familyName: '佐藤',
      tier: 'regular',
    });
    expect(await customers().find(taro?.id ?? 0)).toMatchObject({ familyName: '山田' });
  });

  it('switches channels, and records only what changed', async () => {
    const browser = await loggedIn();
    const consent = compiled<typeof import('../../../src/plugins/crm/server/consent')>('consent');
    const id = (await customers().findByIdentity('email', 'hanako@example.jp'))?.id ?? 0;
    const history = () => consent.consentService(app.strapi).history(id);
    await browser.form('/m/me/channels', { consentEmail: 'on', consentLine: 'on' });
    expect(await history()).toHaveLength(2);
    await browser.form('/m/me/channels', { consentEmail: 'on', consentLine: 'on' });
    expect(await history()).toHaveLength(2);
    await browser.form('/m/me/channels', { consentLine: 'on' });
    const [latest] = await history();
    expect(latest).toMatchObject({ channel: 'email', granted: false, source: 'my-page' });
    const page = await browser.get('/m/me');
    expect(page.text).toMatch(/name="consentLine" value="on" checked/);
    expect(page.text).not.toMatch(/name="consentEmail" value="on" checked/);
  });
});

describe('tiers', () => {
  it('follow what was spent in twelve months, both ways, unless locked', async () => {
    const commerce =
      compiled<typeof import('../../../src/plugins/crm/server/commerce')>('commerce');
    const id = (await customers().findByIdentity('email', 'taro@example.jp'))?.id ?? 0;
    const order = (orderNumber: string, total: number) =>
      kernel().inTransaction(app.strapi, (unit) =>
        commerce.commerceService(app.strapi).recordOrders(unit, [
          {
            orderNumber,
            customerId: id,
            orderedAt: kernel().clock(app.strapi).now(),
            status: 'paid',
            total,
            lines: [],
          },
        ]),
      );
    const tier = async () => (await customers().find(id))?.tier;
    await order('T-1', 9_999);
    expect(await tier()).toBe('regular');
    await order('T-2', 1);
    expect(await tier()).toBe('silver');
    await order('T-3', 50_000);
    expect(await tier()).toBe('platinum');
    kernel()
      .clock(app.strapi)
      .advance(366 * 86_400_000);
    await kernel().jobs(app.strapi).fire('members.sweep');
    expect(await tier()).toBe('regular');
    await kernel().inTransaction(app.strapi, (unit) =>
      customers().update(unit, id, { tier: 'gold', tierLocked: true }),
    );
    await order('T-4', 1_000_000);
    expect(await tier()).toBe('gold');
  });
});
