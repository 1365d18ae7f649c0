import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { adminClient } from '../../support/admin';
import type * as activitiesFeature from '../../../src/plugins/crm/server/activities';
import { compiled, kernel } from '../../support/crm';
import { HANAKO } from '../../support/member';
import { siteBrowser } from '../../support/site-browser';
import { startLinkWorld, type LinkWorld } from './link-world';

let people: LinkWorld;
beforeAll(async () => {
  people = await startLinkWorld();
});
afterAll(() => people.stop());
beforeEach(() => kernel().clock(people.world.app.strapi).reset());

describe('the way from the button to the link', () => {
  it('asks who is not logged in to log in, and comes back, in the language of the button', async () => {
    const { path } = await people.friend();
    for (const lang of ['ja', 'en']) {
      const asked = path.replace('lang=ja', `lang=${lang}`);
      const answer = await siteBrowser(people.world.app).get(asked);
      expect(answer.status).toBe(302);
      const login = `/m/login?next=${encodeURIComponent(asked)}&lang=${lang}`;
      expect(answer.headers.get('location')).toBe(login);
    }
  });

  it('says what will be linked, with whom, in which words, and that it can be undone', async () => {
    const { path } = await people.friend('高橋 <b>花子</b>');
    const { browser } = await people.member();
    const { text, status } = await browser.get(path);
    expect(status).toBe(200);
    expect(text).toContain('高橋 &lt;b&gt;花子&lt;/b&gt;');
    expect(text).toContain(`${HANAKO.familyName} ${HANAKO.givenName}`);
    expect(text).toContain('縁レコード');
    expect(text).toContain('いつでも解除できます');
    expect(text).toContain('LINEで受け取ります');
  });

  it('links her: identity, friend, consent as shown, timeline, and a word in the chat', async () => {
    const { userId, customerId, nonce } = await people.linked('yes');
    expect(Buffer.from(nonce, 'base64url').length).toBeGreaterThanOrEqual(16);

    expect(await people.customerOf(userId)).toBe(customerId);
    const identities = await people.customers().identities(customerId);
    expect(identities).toContainEqual(
      expect.objectContaining({ kind: 'line', value: userId, verifiedAt: expect.any(Number) }),
    );
    const [ledger] = await people.consents().history(customerId);
    expect(ledger).toMatchObject({
      channel: 'line',
      granted: true,
      source: 'line',
      wordingKey: 'marketing.line',
      wordingVersion: 'v1',
    });
    const timeline = await people.customers().timeline(customerId, { limit: 50, kinds: ['line'] });
    expect(timeline.entries.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['linked', 'followed', 'message-out']),
    );
    expect((await people.world.inbox(userId)).at(-1)?.message.text).toContain('連携が完了しました');
  });

  it('goes on to LINE by a page of ours, which a strict form-action lets through', async () => {
    const { token } = await people.friend();
    const { browser } = await people.member();
    const answer = await browser.form('/m/line/link', { linkToken: token, consent: 'yes' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(answer.text).toContain(`href="${people.world.emulator.origin}/dialog/bot/accountLink`);
  });

  it('links without consent when she chose so', async () => {
    const { customerId, userId } = await people.linked('no');
    expect(await people.customerOf(userId)).toBe(customerId);
    expect(await people.lineConsent(customerId)).toBeUndefined();
  });

  it('is hers alone to undo, and undoing ends the permission', async () => {
    const { browser, customerId, userId } = await people.linked('yes');
    expect(await people.lineConsent(customerId)).toBe(true);
    expect((await browser.get('/m/me')).text).toContain('連携を解除する');
    expect((await browser.form('/m/line/unlink', {})).status).toBe(303);
    expect(await people.customerOf(userId)).toBeNull();
    expect(await people.lineConsent(customerId)).toBe(false);
    const kinds = (await people.customers().identities(customerId)).map(({ kind }) => kind);
    expect(kinds).not.toContain('line');
    expect((await browser.get('/m/me')).text).toContain('友だちに追加する');
  });

  it('staff can undo it, with the permission for it', async () => {
    const { customerId, userId } = await people.linked('yes');
    const path = `/crm/line/customers/${customerId}/unlink`;
    const reader = await adminClient(people.world.app, ['customers.read']);
    expect((await reader.post(path, {})).status).toBe(403);
    expect((await reader.get(`/crm/line/customers/${customerId}`)).body).toMatchObject({
      data: [{ userId, customerId, status: 'following', displayName: '花子' }],
    });
    const staff = await adminClient(people.world.app, ['line.unlink']);
    expect((await staff.post(path, {})).body).toEqual({ data: { unlinked: true } });
    expect((await staff.post(path, {})).body).toEqual({ data: { unlinked: false } });
    expect((await staff.post('/crm/line/customers/0/unlink', {})).status).toBe(404);
    expect(await people.customerOf(userId)).toBeNull();
  });

  it('takes an id from whom only a file names, and tells staff', async () => {
    const { strapi } = people.world.app;
    const { customerId: told } = await people.member();
    const { userId, token } = await people.friend();
    await strapi.db.connection('crm_identities').insert({
      ...{ customer_id: told, kind: 'line', value: userId },
      ...{ verified_at: null, import_id: 1, created_at: Date.now() },
    });
    for (const table of ['crm_line_friends', 'crm_line_history', 'crm_line_messages']) {
      await strapi.db.connection(table).where({ user_id: userId }).update({ customer_id: told });
    }
    const { browser, customerId } = await people.member();
    const { to } = await people.press(browser, token, 'yes');
    await people.confirmAtLine(to);
    expect(await people.customerOf(userId)).toBe(customerId);
    const holder = await people.customers().findByIdentity('line', userId);
    expect(holder?.id).toBe(customerId);
    const typesOf = async (id: number) => {
      const query = { limit: 50, kinds: ['line'] };
      const { entries } = await people.customers().timeline(id, query);
      return entries.map(({ type }) => type);
    };
    expect(await typesOf(told)).toEqual(['gave-way']);
    expect(await typesOf(customerId)).toEqual(expect.arrayContaining(['linked', 'followed']));
    const { activitiesService } = compiled<typeof activitiesFeature>('activities');
    await vi.waitFor(
      async () => {
        await kernel().drainEvents(strapi);
        const { tasks } = await activitiesService(strapi).of(told);
        expect(tasks.map(({ title }) => title)).toEqual([
          expect.stringContaining('LINEユーザーID'),
        ]);
      },
      { timeout: 30_000, interval: 100 },
    );
  });

  it('never takes an id that its holder has proved', async () => {
    const { userId, token, customerId } = await people.linked();
    const { browser } = await people.member();
    const { to } = await people.press(browser, token, 'yes');
    await people.confirmAtLine(to);
    expect(await people.customerOf(userId)).toBe(customerId);
  });

  it('says a whole name in the order of the language', async () => {
    const { path } = await people.friend('Emily');
    const { browser } = await people.member();
    const { pathname, searchParams } = new URL(path, people.world.app.origin);
    searchParams.set('lang', 'en');
    const { text } = await browser.get(`${pathname}?${searchParams}`);
    expect(text).toContain(`${HANAKO.givenName} ${HANAKO.familyName}`);
  });

  it('a new LINE account takes the place of the old one', async () => {
    const first = await people.linked();
    const second = await people.friend('花子の新しい電話');
    const page = await first.browser.get(second.path);
    expect(page.text).toContain('そちらの連携は解除されます');
    const { to } = await people.press(first.browser, second.token, 'yes');
    await people.confirmAtLine(to);
    expect(await people.customerOf(second.userId)).toBe(first.customerId);
    expect(await people.customerOf(first.userId)).toBeNull();
  });
});
