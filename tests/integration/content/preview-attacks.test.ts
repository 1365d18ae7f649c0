/** A preview is a look and nothing more: its address, and who may ask for one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { previewAnswerSchema, type PreviewRequest } from '../../../src/plugins/crm/shared/preview';
import { adminClient } from '../../support/admin';
import { kernel } from '../../support/crm';
import { ARTICLE, type Desk, openDesk, PAGE, person, VISITOR } from './desk';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.app.stop());

describe('the address', () => {
  const home = async (who: PreviewRequest['person'] = person(desk.platinum)) =>
    desk.preview({ uid: PAGE, documentId: await desk.idOf(PAGE, 'home'), person: who });

  it('is not kept, found, framed elsewhere, nor does it run a script', async () => {
    const { headers } = await desk.open((await home()).url);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/;\s*sandbox allow-same-origin$/);
    expect(policy).toContain("frame-ancestors 'self'");
    expect(headers.getSetCookie()).toEqual([]);
  });

  it('ends after five minutes, and with the account of who made it', async () => {
    const clock = kernel().clock(desk.app.strapi);
    const { url, expiresAt } = await home();
    const start = Date.parse(expiresAt ?? '') - 300_000;
    clock.set(new Date(start + 299_000));
    expect((await desk.open(url)).status).toBe(200);
    clock.set(new Date(start + 300_000));
    const late = await desk.open(url);
    expect(late.status).toBe(410);
    expect(await late.text()).not.toContain('佐藤');
    clock.reset();

    const second = await adminClient(desk.app);
    const answer = await desk.ask(
      { uid: PAGE, documentId: await desk.idOf(PAGE, 'home'), person: person(desk.platinum) },
      second,
    );
    const theirs = previewAnswerSchema.parse(answer.body).data.url;
    expect((await desk.open(theirs)).status).toBe(200);
    const [, payload = ''] = /preview\/([^.]+)/.exec(theirs ?? '') ?? [];
    const { admin } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { admin: number };
    await desk.app.strapi.db
      .query('admin::user')
      .update({ where: { id: admin }, data: { isActive: false } });
    expect((await desk.open(theirs)).status).toBe(410);
  });

  it('opens nothing when it was changed', async () => {
    const { url } = await home();
    const [body = '', mac = ''] = (url ?? '').replace('/m/preview/', '').split('.');
    const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const other = Buffer.from(JSON.stringify({ ...payload, path: '/pages/platinum' }));
    const flipped = (mac.startsWith('A') ? 'B' : 'A') + mac.slice(1);
    const made = kernel().sign('test-secret-test-secret-test-secret-test', 'other.purpose', '{}');
    for (const token of [
      `${other.toString('base64url')}.${mac}`,
      `${body}.${flipped}`,
      made,
      'x',
    ]) {
      const answer = await desk.open(`/m/preview/${token}`);
      expect(answer.status, token).toBe(410);
      expect(await answer.text()).not.toContain('一枚よけておきました');
    }
    expect((await fetch(`${desk.app.origin}${url}`, { method: 'POST' })).status).toBeGreaterThan(
      399,
    );
  });

  it('is nobody’s session', async () => {
    const { url } = await home();
    const token = (url ?? '').replace('/m/preview/', '');
    const asCookie = await desk.open('/m/me', { cookie: `crm_session=${token}` });
    expect(asCookie.status).not.toBe(200);
    const asBearer = await desk.open('/api/articles', { authorization: `Bearer ${token}` });
    expect(asBearer.status).toBe(401);
  });

  it('shows the chosen person, whoever else is logged in to this browser', async () => {
    const { url } = await home(VISITOR);
    const mine = await desk.open(url, { cookie: desk.platinum.cookie, 'accept-language': 'en' });
    expect(await mine.text()).toBe(await desk.anyone.html('/'));
  });

  it('leaves no trace on the person', async () => {
    const rows = async () => {
      const db = kernel().database(desk.app.strapi);
      const tables = ['crm_member_events', 'crm_member_sessions', 'crm_events'];
      return Promise.all(tables.map((table) => db(table).select()));
    };
    await kernel()
      .clock(desk.app.strapi)
      .set(new Date(Date.now() + 3_600_000));
    const { url } = await home();
    const before = await rows();
    await desk.open(url);
    expect(await rows()).toEqual(before);
    kernel().clock(desk.app.strapi).reset();
  });
});

describe('permission', () => {
  /** As Strapi's screen of roles stores it: fields and languages that somebody may read. */
  const articles = (locales = ['ja', 'en']) => ({
    action: 'plugin::content-manager.explorer.read',
    subject: ARTICLE,
    properties: { fields: ['title', 'blocks'], locales },
  });

  it('is needed for previews, for the entry, and for looking as a customer', async () => {
    const documentId = await desk.idOf(ARTICLE, 'cutting-engineer');
    const none = await adminClient(desk.app, ['customers.read', articles()]);
    expect((await desk.ask({ documentId, person: VISITOR }, none)).status).toBe(403);

    const noContent = await adminClient(desk.app, ['content.preview', 'customers.read']);
    expect((await desk.ask({ documentId, person: VISITOR }, noContent)).status).toBe(403);

    const noPeople = await adminClient(desk.app, ['content.preview', articles()]);
    expect(await desk.ask({ documentId, person: VISITOR }, noPeople)).toMatchObject({
      status: 200,
    });
    expect((await desk.ask({ documentId, person: person(desk.silver) }, noPeople)).status).toBe(
      403,
    );
    const page = { uid: PAGE, documentId: await desk.idOf(PAGE, 'platinum'), person: VISITOR };
    expect((await desk.ask(page, noPeople)).status).toBe(403);
  });

  it('holds for the languages of the role', async () => {
    const documentId = await desk.idOf(ARTICLE, 'cutting-engineer');
    const english = await adminClient(desk.app, ['content.preview', articles(['en'])]);
    const wish = { documentId, person: VISITOR };
    expect((await desk.ask({ ...wish, locale: 'en' }, english)).status).toBe(200);
    expect((await desk.ask({ ...wish, locale: 'ja' }, english)).status).toBe(403);
  });

  it('does not reach what is no content', async () => {
    for (const uid of ['plugin::users-permissions.user', 'admin::user', 'api::none.none']) {
      expect((await desk.ask({ uid, documentId: 'x', person: VISITOR })).status).toBe(404);
    }
  });
});
