import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { kernel } from '../../support/crm';
import { nonceOf, startLinkWorld, type LinkWorld } from './link-world';

let people: LinkWorld;
beforeAll(async () => {
  people = await startLinkWorld();
});
afterAll(() => people.stop());
beforeEach(() => kernel().clock(people.world.app.strapi).reset());

describe('attacks on the link', () => {
  it('a nonce works once', async () => {
    const { userId, browser, customerId, nonce } = await people.linked();
    await browser.form('/m/line/unlink', {});
    await people.world.act('POST', 'webhooks/send', {
      events: [{ type: 'accountLink', userId, link: { result: 'ok', nonce } }],
    });
    await people.world.drain();
    expect(await people.customerOf(userId)).toBeNull();
    expect(await people.lineConsent(customerId)).toBe(false);
  });

  it('a nonce carried to another LINE account attaches nothing, and is burnt', async () => {
    const hers = await people.friend();
    const stranger = await people.friend('他人');
    const { browser } = await people.member();
    const { to } = await people.press(browser, hers.token, 'yes');
    const nonce = nonceOf(to);
    for (const userId of [stranger.userId, hers.userId]) {
      await people.world.act('POST', 'webhooks/send', {
        events: [{ type: 'accountLink', userId, link: { result: 'ok', nonce } }],
      });
      await people.world.drain();
    }
    expect(await people.customerOf(stranger.userId)).toBeNull();
    expect(await people.customerOf(hers.userId)).toBeNull();
  });

  it('somebody else’s link button attaches nothing: LINE knows who holds the phone', async () => {
    const stranger = await people.friend('他人');
    const hers = await people.friend();
    const { browser, customerId } = await people.member();
    const { to } = await people.press(browser, stranger.token, 'yes');
    const own = await fetch(to ?? '', { headers: { cookie: `emulated_line_user=${hers.userId}` } });
    expect(await own.text()).toContain('data-result="failed"');
    await people.world.drain();
    expect(await people.customerOf(stranger.userId)).toBeNull();
    expect(await people.customerOf(hers.userId)).toBeNull();
    expect(await people.lineConsent(customerId)).toBeUndefined();
  });

  it('a nonce is dead after ten minutes, by LINE’s clock', async () => {
    const { userId, token } = await people.friend();
    const { browser } = await people.member();
    const { to } = await people.press(browser, token, 'yes');
    const nonce = nonceOf(to);
    await people.world.act('POST', 'webhooks/send', {
      events: [
        {
          type: 'accountLink',
          userId,
          link: { result: 'ok', nonce },
          timestamp: Date.now() + 11 * 60_000,
        },
      ],
    });
    await people.world.drain();
    expect(await people.customerOf(userId)).toBeNull();
  });

  it('a link button is dead after ten minutes, and says what to do', async () => {
    const { path, token } = await people.friend();
    const { browser } = await people.member();
    kernel()
      .clock(people.world.app.strapi)
      .advance(11 * 60_000);
    const page = await browser.get(path);
    expect([page.status, page.text.includes('有効期限')]).toEqual([410, true]);
    expect((await people.press(browser, token, 'yes')).status).toBe(410);
  });

  it.each(['<script>alert(1)</script>', '{{ 7 | times: 7 }}', "' or 1=1 --"])(
    'a token that LINE never gave (%s) opens nothing and is echoed nowhere',
    async (token) => {
      const { browser } = await people.member();
      const page = await browser.get(`/m/line/link?linkToken=${encodeURIComponent(token)}`);
      expect(page.status).toBe(410);
      expect(page.text).not.toContain(token);
      expect((await browser.get('/m/line/link')).status).toBe(400);
    },
  );

  it('another site’s page cannot press the button', async () => {
    const { token } = await people.friend();
    const { browser } = await people.member();
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
    const first = await people.linked();
    await people.world.act('POST', `users/${first.userId}/text`, { text: '連携' });
    await people.world.drain();
    expect((await people.world.inbox(first.userId)).at(-1)?.message.text).toContain(
      'すでに会員と連携',
    );
    // The old button is spent at LINE, but a second nonce for another member is made with it.
    const other = await people.member();
    const { to } = await people.press(other.browser, first.token, 'yes');
    const nonce = nonceOf(to);
    await people.world.act('POST', 'webhooks/send', {
      events: [{ type: 'accountLink', userId: first.userId, link: { result: 'ok', nonce } }],
    });
    await people.world.drain();
    expect(await people.customerOf(first.userId)).toBe(first.customerId);
    expect(await people.lineConsent(other.customerId)).toBeUndefined();
  });

  it('LINE’s "failed" links nobody', async () => {
    const { userId, token } = await people.friend();
    const { browser } = await people.member();
    const { to } = await people.press(browser, token, 'yes');
    const nonce = nonceOf(to);
    await people.world.act('POST', 'webhooks/send', {
      events: [{ type: 'accountLink', userId, link: { result: 'failed', nonce } }],
    });
    await people.world.drain();
    expect(await people.customerOf(userId)).toBeNull();
  });
});
