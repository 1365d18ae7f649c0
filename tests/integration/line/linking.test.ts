import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import type * as consentFeature from '../../../src/plugins/crm/server/consent';
import type * as customersFeature from '../../../src/plugins/crm/server/customers';
import { adminClient } from '../../support/admin';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { HANAKO, registerMember } from '../../support/member';
import { siteBrowser, type SiteBrowser } from '../../support/site-browser';
import { startLineWorld, type LineWorld } from './world';

let world: LineWorld;
let smtp: FakeSmtp;
beforeAll(async () => {
  smtp = await startFakeSmtp();
  world = await startLineWorld({ env: { SMTP_PORT: String(smtp.port) } });
});
afterAll(async () => {
  await world.stop();
  await smtp.stop();
});
beforeEach(() => kernel().clock(world.app.strapi).reset());

let count = 0;
/** A member logged in on the site; her customer id. */
async function member(): Promise<{ browser: SiteBrowser; customerId: number }> {
  count += 1;
  const email = `line-${count}@example.jp`;
  // Every test registers people; the limit on registrations per address is not its subject.
  await world.app.strapi.db.connection('crm_rate_limits').delete();
  smtp.clear();
  const { browser } = await registerMember(world.app, smtp, email);
  const found = await customers().findByIdentity('email', email);
  if (!found) throw new Error('A confirmed member is no customer');
  return { browser, customerId: found.id };
}

const customers = () =>
  compiled<typeof customersFeature>('customers').customersService(world.app.strapi);
const consents = () => compiled<typeof consentFeature>('consent').consentService(world.app.strapi);

/** Adds the account and gives the address behind the button. */
async function friend(name = '花子'): Promise<{ userId: string; path: string; token: string }> {
  const userId = await world.person(name);
  await world.act('POST', `users/${userId}/follow`);
  await world.drain();
  const button = (await world.inbox(userId)).at(-1);
  const uri = new URL(buttonSchema.parse(button?.message).template.actions[0].uri);
  return {
    userId,
    path: uri.pathname + uri.search,
    token: uri.searchParams.get('linkToken') ?? '',
  };
}

const buttonSchema = z.object({
  template: z.object({ actions: z.tuple([z.object({ uri: z.string() })]) }),
});

/** LINE's own page, opened in the browser of this LINE user. */
async function confirmAtLine(address: string): Promise<void> {
  await fetch(address);
  await world.drain();
}

/** Presses one of the two buttons; where LINE's page is, or null. */
async function press(browser: SiteBrowser, token: string, consent: 'yes' | 'no') {
  const answer = await browser.form('/m/line/link', { linkToken: token, consent });
  return { status: answer.status, to: answer.headers.get('location') };
}

const customerOf = async (userId: string): Promise<number | null> => {
  const row = (await world.rows('crm_line_friends')).find((each) => each.user_id === userId);
  return row?.customer_id === null || row === undefined ? null : Number(row.customer_id);
};

async function linked(consent: 'yes' | 'no' = 'yes', name?: string) {
  const person = await friend(name);
  const { browser, customerId } = await member();
  const { to } = await press(browser, person.token, consent);
  await confirmAtLine(to ?? '');
  return { ...person, browser, customerId, lineAddress: to ?? '' };
}

const lineConsent = async (customerId: number) =>
  (await consents().states(customerId)).find(({ channel }) => channel === 'line')?.granted;

describe('the way from the button to the link', () => {
  it('asks who is not logged in to log in, and comes back', async () => {
    const { path } = await friend();
    const answer = await siteBrowser(world.app).get(path);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(`/m/login?next=${encodeURIComponent(path)}`);
  });

  it('says what will be linked, with whom, in which words, and that it can be undone', async () => {
    const { path } = await friend('高橋 <b>花子</b>');
    const { browser } = await member();
    const { text, status } = await browser.get(path);
    expect(status).toBe(200);
    expect(text).toContain('高橋 &lt;b&gt;花子&lt;/b&gt;');
    expect(text).toContain(`${HANAKO.familyName} ${HANAKO.givenName}`);
    expect(text).toContain('縁レコード');
    expect(text).toContain('いつでも解除できます');
    expect(text).toContain('LINEで受け取ります');
  });

  it('links her: identity, friend, consent as shown, timeline, and a word in the chat', async () => {
    const { userId, customerId, lineAddress } = await linked('yes');
    const nonce = new URL(lineAddress).searchParams.get('nonce') ?? '';
    expect(Buffer.from(nonce, 'base64url').length).toBeGreaterThanOrEqual(16);

    expect(await customerOf(userId)).toBe(customerId);
    const identities = await customers().identities(customerId);
    expect(identities).toContainEqual(
      expect.objectContaining({ kind: 'line', value: userId, verifiedAt: expect.any(Number) }),
    );
    const [ledger] = await consents().history(customerId);
    expect(ledger).toMatchObject({
      channel: 'line',
      granted: true,
      source: 'line-link',
      wordingKey: 'marketing.line',
      wordingVersion: 'v1',
    });
    const timeline = await customers().timeline(customerId, { limit: 50, kinds: ['line'] });
    expect(timeline.entries.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['linked', 'followed', 'message-out']),
    );
    expect((await world.inbox(userId)).at(-1)?.message.text).toContain('連携が完了しました');
  });

  it('links without consent when she chose so', async () => {
    const { customerId, userId } = await linked('no');
    expect(await customerOf(userId)).toBe(customerId);
    expect(await lineConsent(customerId)).toBeUndefined();
  });

  it('is hers alone to undo, and undoing ends the permission', async () => {
    const { browser, customerId, userId } = await linked('yes');
    expect(await lineConsent(customerId)).toBe(true);
    expect((await browser.get('/m/me')).text).toContain('連携を解除する');
    expect((await browser.form('/m/line/unlink', {})).status).toBe(303);
    expect(await customerOf(userId)).toBeNull();
    expect(await lineConsent(customerId)).toBe(false);
    const kinds = (await customers().identities(customerId)).map(({ kind }) => kind);
    expect(kinds).not.toContain('line');
    expect((await browser.get('/m/me')).text).toContain('友だちに追加する');
  });

  it('staff can undo it, with the permission for it', async () => {
    const { customerId, userId } = await linked('yes');
    const path = `/crm/line/customers/${customerId}/unlink`;
    const reader = await adminClient(world.app, ['customers.read']);
    expect((await reader.post(path, {})).status).toBe(403);
    const staff = await adminClient(world.app, ['line.unlink']);
    expect((await staff.post(path, {})).body).toEqual({ data: { unlinked: true } });
    expect((await staff.post(path, {})).body).toEqual({ data: { unlinked: false } });
    expect((await staff.post('/crm/line/customers/0/unlink', {})).status).toBe(404);
    expect(await customerOf(userId)).toBeNull();
  });

  it('a new LINE account takes the place of the old one', async () => {
    const first = await linked();
    const second = await friend('花子の新しい電話');
    const page = await first.browser.get(second.path);
    expect(page.text).toContain('そちらの連携は解除されます');
    const { to } = await press(first.browser, second.token, 'yes');
    await confirmAtLine(to ?? '');
    expect(await customerOf(second.userId)).toBe(first.customerId);
    expect(await customerOf(first.userId)).toBeNull();
  });
});

describe('attacks on the link', () => {
  it('a nonce works once', async () => {
    const { userId, browser, customerId, lineAddress } = await linked();
    await browser.form('/m/line/unlink', {});
    const nonce = new URL(lineAddress).searchParams.get('nonce');
    await world.act('POST', 'webhooks/send', {
      events: [{ type: 'accountLink', userId, link: { result: 'ok', nonce } }],
    });
    await world.drain();
    expect(await customerOf(userId)).toBeNull();
    expect(await lineConsent(customerId)).toBe(false);
  });

  it('a nonce carried to another LINE account attaches nothing, and is burnt', async () => {
    const hers = await friend();
    const stranger = await friend('他人');
    const { browser } = await member();
    const { to } = await press(browser, hers.token, 'yes');
    const nonce = new URL(to ?? '').searchParams.get('nonce');
    for (const userId of [stranger.userId, hers.userId]) {
      await world.act('POST', 'webhooks/send', {
        events: [{ type: 'accountLink', userId, link: { result: 'ok', nonce } }],
      });
      await world.drain();
    }
    expect(await customerOf(stranger.userId)).toBeNull();
    expect(await customerOf(hers.userId)).toBeNull();
  });

  it('somebody else’s link button attaches nothing: LINE knows who holds the phone', async () => {
    const stranger = await friend('他人');
    const hers = await friend();
    const { browser, customerId } = await member();
    const { to } = await press(browser, stranger.token, 'yes');
    const own = await fetch(to ?? '', { headers: { cookie: `emulated_line_user=${hers.userId}` } });
    expect(await own.text()).toContain('data-result="failed"');
    await world.drain();
    expect(await customerOf(stranger.userId)).toBeNull();
    expect(await customerOf(hers.userId)).toBeNull();
    expect(await lineConsent(customerId)).toBeUndefined();
  });

  it('a nonce is dead after ten minutes, by LINE’s clock', async () => {
    const { userId, token } = await friend();
    const { browser } = await member();
    const { to } = await press(browser, token, 'yes');
    const nonce = new URL(to ?? '').searchParams.get('nonce');
    await world.act('POST', 'webhooks/send', {
      events: [
        {
          type: 'accountLink',
          userId,
          link: { result: 'ok', nonce },
          timestamp: Date.now() + 11 * 60_000,
        },
      ],
    });
    await world.drain();
    expect(await customerOf(userId)).toBeNull();
  });

  it('a link button is dead after ten minutes, and says what to do', async () => {
    const { path, token } = await friend();
    const { browser } = await member();
    kernel()
      .clock(world.app.strapi)
      .advance(11 * 60_000);
    const page = await browser.get(path);
    expect([page.status, page.text.includes('有効期限')]).toEqual([410, true]);
    expect((await press(browser, token, 'yes')).status).toBe(410);
  });

  it.each(['<script>alert(1)</script>', '{{ 7 | times: 7 }}', "' or 1=1 --"])(
    'a token that LINE never gave (%s) opens nothing and is echoed nowhere',
    async (token) => {
      const { browser } = await member();
      const page = await browser.get(`/m/line/link?linkToken=${encodeURIComponent(token)}`);
      expect(page.status).toBe(410);
      expect(page.text).not.toContain(token);
      expect((await browser.get('/m/line/link')).status).toBe(400);
    },
  );

  it('another site’s page cannot press the button', async () => {
    const { token } = await friend();
    const { browser } = await member();
    const answer = await browser.form(
      '/m/line/link',
      { linkToken: token, consent: 'yes' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    );
    expect(answer.status).toBe(403);
    const unlink = await browser.form(
      '/m/line/unlink',
      {},
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    );
    expect(unlink.status).toBe(403);
  });

  it('a LINE account linked to one member is not taken by another', async () => {
    const first = await linked();
    await world.act('POST', `users/${first.userId}/text`, { text: '連携' });
    await world.drain();
    expect((await world.inbox(first.userId)).at(-1)?.message.text).toContain('すでに会員と連携');
    // The old button is spent at LINE, but a second nonce for another member is made with it.
    const other = await member();
    const { to } = await press(other.browser, first.token, 'yes');
    const nonce = new URL(to ?? '').searchParams.get('nonce');
    await world.act('POST', 'webhooks/send', {
      events: [{ type: 'accountLink', userId: first.userId, link: { result: 'ok', nonce } }],
    });
    await world.drain();
    expect(await customerOf(first.userId)).toBe(first.customerId);
    expect(await lineConsent(other.customerId)).toBeUndefined();
  });

  it('LINE’s "failed" links nobody', async () => {
    const { userId, token } = await friend();
    const { browser } = await member();
    const { to } = await press(browser, token, 'yes');
    const nonce = new URL(to ?? '').searchParams.get('nonce');
    await world.act('POST', 'webhooks/send', {
      events: [{ type: 'accountLink', userId, link: { result: 'failed', nonce } }],
    });
    await world.drain();
    expect(await customerOf(userId)).toBeNull();
  });
});
