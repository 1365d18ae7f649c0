/** Entries published and taken down at a set minute, once, whoever looks and whatever stopped. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import {
  publicationPlanAnswerSchema,
  publicationSchema,
} from '../../../src/plugins/crm/shared/publishing';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { visitor } from '../../support/site';

type Service = typeof import('../../../src/plugins/crm/server/publishing/service');

const ARTICLE = 'api::article.article';
const MINUTE = 60_000;

let app: TestApp;
let admin: AdminClient;
/** Every publish and unpublish that reached the document service. */
const acted: string[] = [];

beforeAll(async () => {
  app = await startApp();
  admin = await adminClient(app);
  app.strapi.documents.use(async (context, next) => {
    if (['publish', 'unpublish'].includes(context.action)) acted.push(context.action);
    return next();
  });
});
afterAll(() => app.stop());
afterEach(() => {
  kernel().clock(app.strapi).reset();
  acted.splice(0);
});

interface Documents {
  create(params: object): Promise<{ documentId: string }>;
  update(params: object): Promise<unknown>;
  delete(params: object): Promise<unknown>;
}
const documents = () => app.strapi.documents(ARTICLE as never) as unknown as Documents;

async function draft(slug: string, data: object = {}): Promise<string> {
  const created = await documents().create({ locale: 'ja', data: { title: slug, slug, ...data } });
  return created.documentId;
}

const in_ = (minutes: number): string =>
  new Date(kernel().clock(app.strapi).now().getTime() + minutes * MINUTE).toISOString();

const plan = async (
  documentId: string,
  publishAt: string | null,
  unpublishAt: string | null = null,
  by: AdminClient = admin,
) =>
  by.put('/crm/publications/plan', {
    uid: ARTICLE,
    documentId,
    locale: 'ja',
    publishAt,
    unpublishAt,
  });

const planned = async (documentId: string) => {
  const query = `uid=${ARTICLE}&documentId=${documentId}&locale=ja`;
  const { body } = await admin.get(`/crm/publications/plan?${query}`);
  return publicationPlanAnswerSchema.parse(body).data;
};
const listed = async (documentId: string) => {
  const { body } = await admin.get('/crm/publications');
  const rows = publicationSchema.array().parse((body as { data: unknown }).data);
  return rows.filter((row) => row.documentId === documentId);
};

const tick = () => kernel().jobs(app.strapi).fire('publishing.due');
const status = async (slug: string) => (await visitor(app).get(`/articles/${slug}`)).status;

describe('a planned entry', () => {
  it('is published at its minute and taken down at its minute, in the language that was planned', async () => {
    const clock = kernel().clock(app.strapi);
    clock.set(new Date('2026-11-30T09:00:00+09:00'));
    const id = await draft('sale');
    const [from, until] = ['2026-12-01T10:00:00+09:00', '2026-12-24T18:30:00+09:00'];
    expect((await plan(id, from, until)).status).toBe(200);
    expect(await planned(id)).toEqual({
      publishAt: new Date(from).toISOString(),
      unpublishAt: new Date(until).toISOString(),
      failed: null,
    });
    const at = async (instant: string) => {
      clock.set(new Date(instant));
      await tick();
      return status('sale');
    };
    expect(await at('2026-12-01T09:59:00+09:00')).toBe(404);
    expect(await at('2026-12-01T10:00:00+09:00')).toBe(200);
    expect(await at('2026-12-24T18:29:00+09:00')).toBe(200);
    expect(await at('2026-12-24T18:30:00+09:00')).toBe(404);
    expect(acted).toEqual(['publish', 'unpublish']);
    expect(await planned(id)).toEqual({ publishAt: null, unpublishAt: null, failed: null });
    expect((await listed(id)).map(({ action, state }) => [action, state])).toEqual([
      ['unpublish', 'done'],
      ['publish', 'done'],
    ]);
  });

  it('is published once, however many nodes look at once', async () => {
    const id = await draft('cluster');
    await plan(id, in_(1));
    kernel().clock(app.strapi).advance(MINUTE);
    const { publishDue } = compiled<Service>('publishing/service');
    const done = await Promise.all(Array.from({ length: 5 }, () => publishDue(app.strapi)));
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(1);
    await tick();
    expect(acted).toEqual(['publish']);
  });

  it('is published late rather than never, also when a node died over it', async () => {
    const missed = await draft('missed');
    const left = await draft('left');
    await plan(missed, in_(1));
    await plan(left, in_(1));
    const clock = kernel().clock(app.strapi);
    clock.advance(2 * MINUTE);
    const row = { document_id: left };
    const leaseUntil = clock.now().getTime() + 5 * MINUTE;
    await kernel()
      .database(app.strapi)('crm_publications')
      .where(row)
      .update({ state: 'running', lease_until: leaseUntil });
    await tick();
    expect([await status('missed'), await status('left')]).toEqual([200, 404]);
    clock.advance(6 * MINUTE);
    await tick();
    expect(await status('left')).toBe(200);
  });

  it('can be planned anew or not at all', async () => {
    const id = await draft('changed');
    await plan(id, in_(5), in_(10));
    await plan(id, in_(60));
    expect(await listed(id)).toHaveLength(1);
    await plan(id, null);
    expect(await listed(id)).toEqual([]);
    kernel()
      .clock(app.strapi)
      .advance(120 * MINUTE);
    await tick();
    expect(acted).toEqual([]);
  });

  it('says why it was not published', async () => {
    const id = await draft('no-title');
    await app.strapi.db
      .query(ARTICLE)
      .updateMany({ where: { documentId: id }, data: { title: null } });
    await plan(id, in_(1));
    const gone = await draft('gone');
    await plan(gone, in_(1));
    await documents().delete({ documentId: gone });
    kernel()
      .clock(app.strapi)
      .advance(2 * MINUTE);
    await tick();
    await tick();
    expect((await planned(id)).failed).toContain('title');
    expect(await listed(gone)).toMatchObject([{ state: 'failed', error: 'not-found' }]);
    await plan(id, null);
    expect((await planned(id)).failed).toBeNull();
  });
});

describe('planning', () => {
  it('refuses the past, the wrong order, and what has no drafts', async () => {
    const id = await draft('refused');
    expect((await plan(id, in_(-1))).status).toBe(400);
    expect((await plan(id, in_(10), in_(5))).status).toBe(400);
    expect((await plan('none', in_(10))).status).toBe(404);
    const target = { documentId: id, locale: '', publishAt: in_(5), unpublishAt: null };
    for (const uid of ['plugin::crm.customer', 'api::nothing.nothing', 'admin::user']) {
      const { status: code } = await admin.put('/crm/publications/plan', { uid, ...target });
      expect([400, 403, 404]).toContain(code);
    }
  });

  it('asks for the right to publish that very type', async () => {
    const id = await draft('rights');
    const planner = await adminClient(app, ['publishing.read']);
    expect((await plan(id, in_(5), null, planner)).status).toBe(403);
    expect(
      (await planner.get(`/crm/publications/plan?uid=${ARTICLE}&documentId=${id}`)).status,
    ).toBe(403);
    await plan(id, in_(5));
    expect((await planner.get('/crm/publications')).body).toMatchObject({ data: [] });
    const nobody = await adminClient(app, []);
    expect((await nobody.get('/crm/publications')).status).toBe(403);
  });

  it('asks for the right to publish that very entry, as its language or author may decide', async () => {
    const id = await draft('language');
    const about = { subject: ARTICLE, properties: { fields: ['title'], locales: ['en'] } };
    const english = await adminClient(app, [
      'publishing.read',
      { action: 'plugin::content-manager.explorer.read', ...about },
      { action: 'plugin::content-manager.explorer.publish', ...about },
    ]);
    expect((await plan(id, in_(5), null, english)).status).toBe(403);
    expect(await planned(id)).toMatchObject({ publishAt: null });
    await plan(id, in_(5));
    const query = `uid=${ARTICLE}&documentId=${id}&locale=ja`;
    expect((await english.get(`/crm/publications/plan?${query}`)).status).toBe(403);
    const all = await english.get('/crm/publications');
    expect(JSON.stringify(all.body)).not.toContain(id);

    await documents().update({
      documentId: id,
      locale: 'en',
      data: { title: 'Language', slug: 'language' },
    });
    const body = { uid: ARTICLE, documentId: id, publishAt: in_(5), unpublishAt: null };
    const own = await english.put('/crm/publications/plan', { ...body, locale: 'en' });
    expect(own.status, JSON.stringify(own.body)).toBe(200);
  });
});
