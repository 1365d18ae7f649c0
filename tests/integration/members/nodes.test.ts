/** Two processes on one database: what one ends is over on the other at the next request. */
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { HANAKO, registerMember } from '../../support/member';
import { startNode, type NodeProcess } from '../../support/node-process';
import { flushMails, mailedLink, siteBrowser } from '../../support/site-browser';

type Customers = typeof import('../../../src/plugins/crm/server/customers');

let smtp: FakeSmtp;
let app: TestApp;
let other: NodeProcess;
let admin: AdminClient;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({ env: { SMTP_PORT: String(smtp.port) } });
  admin = await adminClient(app);
  await registerMember(app, smtp, 'hanako@example.jp');
  other = await startNode();
});
afterAll(async () => {
  await other.stop();
  await flushMails(app);
  await app.stop();
  await smtp.stop();
});
beforeEach(async () => {
  smtp.clear();
  await app.strapi.db.connection('crm_rate_limits').delete();
  // A token counts as issued before an end in the same second.
  await app.strapi.db.connection('crm_member_cutoffs').delete();
});

const email = 'hanako@example.jp';
const { password } = HANAKO;
const JSON_ONLY = { accept: 'application/json' };

/** The same cookies at either node, as behind a load balancer. */
function browser() {
  const here = siteBrowser(app);
  const there = siteBrowser({ ...app, origin: other.origin });
  const both = [here, there];
  const share = (from: typeof here) => {
    for (const each of both) {
      each.cookies.clear();
      for (const [name, value] of [...from.cookies]) each.cookies.set(name, value);
    }
  };
  return {
    here,
    there,
    async logIn(node = here) {
      expect((await node.form('/m/login', { email, password })).status).toBe(303);
      const cookies = new Map(node.cookies);
      for (const each of both) {
        for (const [name, value] of cookies) each.cookies.set(name, value);
      }
    },
    share,
  };
}

const isIn = async (one: ReturnType<typeof siteBrowser>) =>
  (await one.get('/m/me', JSON_ONLY)).status === 200;

async function customerId(): Promise<number> {
  const customers = compiled<Customers>('customers').customersService(app.strapi);
  return (await customers.findByIdentity('email', email))?.id ?? 0;
}

async function loggedInBoth() {
  const one = browser();
  await one.logIn();
  expect([await isIn(one.here), await isIn(one.there)]).toEqual([true, true]);
  return one;
}

describe('revoked on one node, over on the other', () => {
  it('by logging out', async () => {
    const { here, there } = await loggedInBoth();
    await there.form('/m/logout', {});
    expect(await isIn(here)).toBe(false);
  });

  it('by herself on another device', async () => {
    const phone = await loggedInBoth();
    const laptop = browser();
    await laptop.logIn(laptop.there);
    await laptop.there.form('/m/me/sessions/revoke', {});
    expect(await isIn(phone.here)).toBe(false);
    expect(await isIn(laptop.here)).toBe(true);
  });

  it('by staff, one or all, and only of this customer', async () => {
    const { there } = await loggedInBoth();
    const path = `/crm/members/${await customerId()}`;
    type Shown = { data: { sessions: { id: number; device: string | null }[] } };
    const shown = (await admin.get(`${path}/account`)).body as Shown;
    const [session] = shown.data.sessions;
    const stranger = await app.strapi.db.connection('crm_customers').insert({ document_id: 'x' });
    const foreign = `/crm/members/${String(stranger[0])}/log-out`;
    expect((await admin.post(foreign, { session: session?.id })).status).toBe(404);
    expect(await isIn(there)).toBe(true);
    expect((await admin.post(`${path}/log-out`, { session: null })).status).toBe(200);
    expect(await isIn(there)).toBe(false);
    const again = await loggedInBoth();
    expect((await admin.post(`${path}/block`, { blocked: true })).status).toBe(200);
    expect(await isIn(again.there)).toBe(false);
    expect((await again.there.form('/m/login', { email, password })).status).toBe(401);
    await admin.post(`${path}/block`, { blocked: false });
    const reader = await adminClient(app, ['customers.read']);
    expect((await reader.post(`${path}/log-out`, { session: null })).status).toBe(403);
  });

  it('by a new password, bearer tokens included', async () => {
    const { here, there } = await loggedInBoth();
    const jwt = async () => {
      const answer = await fetch(`${app.origin}/api/auth/local`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identifier: email, password }),
      });
      return String(((await answer.json()) as { jwt?: string }).jwt);
    };
    const token = await jwt();
    await app.strapi.documents('api::article.article').create({
      data: {
        title: '会員限定',
        slug: 'members-only',
        access: { audience: { type: 'members' }, otherwise: 'deny' },
      } as never,
      status: 'published',
    });
    const articles = async (origin: string) => {
      const url = `${origin}/api/articles?filters[slug]=members-only`;
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      return ((await answer.json()) as { data: object[] }).data.length;
    };
    expect([await articles(app.origin), await articles(other.origin)]).toEqual([1, 1]);
    expect((await there.form('/m/password/send', { email })).status).toBe(303);
    const link = await mailedLink(app, smtp, email);
    const reset = siteBrowser({ ...app, origin: other.origin });
    expect((await reset.get(link)).text).toContain('新しいパスワード');
    const form = { token: new URL(link, app.origin).searchParams.get('token') ?? '', password };
    expect((await reset.form('/m/password', { ...form, password: 'short' })).status).toBe(400);
    const answers = await Promise.all([1, 2, 3].map(() => reset.form('/m/password', form)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 410, 410]);
    expect([await isIn(here), await isIn(there)]).toEqual([false, false]);
    expect([await articles(app.origin), await articles(other.origin)]).toEqual([0, 0]);
    expect(await isIn(reset)).toBe(true);
  });
});

/**
 * Counts begin anew at round times, and the other node goes by the real clock: where a window is
 * about to end, its end is waited for.
 */
async function earlyInWindowOf(minutes: number): Promise<void> {
  const length = minutes * 60_000;
  const left = length - (Date.now() % length);
  if (left < 45_000) await wait(left + 50);
}

describe('limits hold over both nodes', () => {
  const spelled = [email, ' HANAKO@example.jp', 'Hanako@Example.JP ', 'ｈａｎａｋｏ@example.jp'];
  it('of guesses, in changed case, with extra keys, at another spelling of the path', async () => {
    await earlyInWindowOf(15);
    const statuses: number[] = [];
    for (let count = 0; count < 14; count += 1) {
      const node = siteBrowser(count % 2 ? app : { ...app, origin: other.origin });
      const path = count % 3 === 0 ? '/m/login/' : '/m/login';
      const answer = await node.json(path, {
        email: spelled[count % spelled.length],
        identifier: `x${count}@example.jp`,
        address: `y${count}`,
        password: `guess-${count}`,
      });
      statuses.push(answer.status);
    }
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
    expect(statuses.slice(-3)).toEqual([429, 429, 429]);
  });

  it('of mails to one address', async () => {
    await earlyInWindowOf(60);
    const statuses: number[] = [];
    for (let count = 0; count < 7; count += 1) {
      const node = siteBrowser(count % 2 ? app : { ...app, origin: other.origin });
      const path = count % 3 ? '/m/login/link/send' : '/m/password/send';
      statuses.push((await node.json(path, { email: spelled[count % 4], next: '/' })).status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    await flushMails(app);
    expect(smtp.mails.length).toBeLessThanOrEqual(5);
  });
});
