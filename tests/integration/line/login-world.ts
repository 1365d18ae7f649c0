/** A site with LINE Login against the emulated platform, and browsers that go there and back. */
import { expect } from 'vitest';

import type * as customersFeature from '../../../src/plugins/crm/server/customers';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp } from '../../support/fake-smtp';
import {
  flushMails,
  siteBrowser,
  type SiteAnswer,
  type SiteBrowser,
} from '../../support/site-browser';
import { startLineWorld } from './world';

export const CHANNEL = { id: '1657000002', secret: 'fedcba9876543210fedcba9876543210' };
export const JSON_ONLY = { accept: 'application/json' };
const PUBLIC = 'http://127.0.0.1:1337';

/** From our button to LINE's page. */
async function begin(browser: SiteBrowser, query = ''): Promise<URL> {
  const answer = await browser.get(`/m/line/login${query}`);
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get('location') ?? '');
}

/** She agrees at LINE; the address LINE sends her browser back to. */
async function agree(address: URL, userId: string): Promise<string> {
  address.searchParams.set('auto', '1');
  address.searchParams.set('user', userId);
  const answer = await fetch(address, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  expect(back.origin).toBe(PUBLIC);
  return back.pathname + back.search;
}

const logIn = async (browser: SiteBrowser, userId: string, query = ''): Promise<SiteAnswer> =>
  browser.get(await agree(await begin(browser, query), userId));

export type LoginWorld = Awaited<ReturnType<typeof openLoginWorld>>;

export async function openLoginWorld() {
  const smtp = await startFakeSmtp();
  const world = await startLineWorld({
    env: {
      SMTP_PORT: String(smtp.port),
      PUBLIC_URL: PUBLIC,
      LINE_LOGIN_CHANNEL_ID: CHANNEL.id,
      LINE_LOGIN_CHANNEL_SECRET: CHANNEL.secret,
    },
  });
  const { app } = world;
  const browse = () => siteBrowser(app);
  const customers = () =>
    compiled<typeof customersFeature>('customers').customersService(app.strapi);

  const register = (browser: SiteBrowser, more: Record<string, string> = {}) =>
    browser.form('/m/line/login/welcome', { as: 'new', ...more });

  async function newMember(name: string) {
    const userId = await world.person(name);
    const browser = browse();
    await logIn(browser, userId);
    expect((await register(browser)).status).toBe(303);
    const customer = await customers().findByIdentity('line', userId);
    return { userId, browser, customerId: customer?.id ?? 0 };
  }

  return {
    world,
    smtp,
    browse,
    customers,
    begin,
    agree,
    logIn,
    register,
    newMember,
    isIn: async (browser: SiteBrowser) => (await browser.get('/m/me', JSON_ONLY)).status === 200,
    /** Before each test: the time that is, and nobody has tried anything yet. */
    async fresh() {
      kernel().clock(app.strapi).reset();
      await app.strapi.db.connection('crm_rate_limits').delete();
    },
    async stop() {
      await flushMails(app);
      await world.stop();
      await smtp.stop();
    },
  };
}
