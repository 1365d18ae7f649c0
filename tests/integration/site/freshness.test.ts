/** What editors write shows with the next request, and what they write wrongly opens nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { memberOfTier, visitor, type Reader } from '../../support/site';

let app: TestApp;
let anyone: Reader;
let member: Reader;

beforeAll(async () => {
  app = await startApp();
  anyone = visitor(app);
  member = await memberOfTier(app, 'regular', '<b>"佐藤\'</b>');
});
afterAll(() => app.stop());

interface Documents {
  create(params: object): Promise<{ documentId: string }>;
  update(params: object): Promise<unknown>;
  publish(params: object): Promise<unknown>;
  unpublish(params: object): Promise<unknown>;
  delete(params: object): Promise<unknown>;
}
const documents = (uid: string) => app.strapi.documents(uid as never) as unknown as Documents;
const articles = () => documents('api::article.article');

const callout = (heading: string, audience?: unknown) => ({
  __component: 'blocks.callout',
  heading,
  ...(audience === undefined ? {} : { audience }),
});

let documentId: string;
beforeEach(async () => {
  if (documentId) await articles().delete({ documentId });
  const created = await articles().create({
    status: 'published',
    locale: 'ja',
    data: { title: '元の題', slug: 'fresh', blocks: [callout('元の見出し')] },
  });
  documentId = created.documentId;
});

const change = (data: object) =>
  articles().update({ documentId, locale: 'ja', status: 'published', data });
const page = async () => (await anyone.html('/articles/fresh')).replaceAll('<wbr>', '');

describe('freshness', () => {
  it('shows a change of the entry with the next request', async () => {
    expect(await page()).toContain('元の見出し');
    await change({ title: '新しい題', blocks: [callout('新しい見出し')] });
    const html = await page();
    expect(html).toContain('新しい見出し');
    expect(html).not.toContain('元の見出し');
  });

  it('shows a change of a related entry', async () => {
    const record = await documents('api::product.product').create({
      locale: 'ja',
      data: { title: '旧題', slug: 'record', artist: '誰か', code: 'X-1', price: 100 },
    });
    await change({
      blocks: [{ __component: 'blocks.product-list', products: [record.documentId] }],
    });
    expect(await page()).toContain('旧題');
    await documents('api::product.product').update({
      documentId: record.documentId,
      locale: 'ja',
      data: { title: '改題' },
    });
    expect(await page()).toContain('改題');
  });

  it('closes at once when the entry is gated, unpublished or deleted', async () => {
    await page();
    await change({ access: { audience: { type: 'members' }, otherwise: 'deny' } });
    expect((await anyone.get('/articles/fresh')).status).toBe(401);
    expect(await anyone.html('/articles')).not.toContain('元の題');
    await articles().unpublish({ documentId, locale: 'ja' });
    expect((await anyone.get('/articles/fresh')).status).toBe(404);
    expect((await member.get('/articles/fresh')).status).toBe(404);
  });

  it('keeps drafts to the editor', async () => {
    await articles().update({ documentId, locale: 'ja', data: { title: '下書きの題' } });
    expect(await page()).not.toContain('下書き');
  });

  it('shows a change that was made inside a transaction once it has committed', async () => {
    await page();
    await app.strapi.db.transaction(async () => {
      await change({ blocks: [callout('取引の後')] });
    });
    expect(await page()).toContain('取引の後');
  });
});

describe('what an editor writes', () => {
  it.each([
    ['an unknown audience', { audience: { type: 'friends' } }],
    ['a broken audience', { audience: 'everyone' }],
    ['an empty rule', {}],
    ['a list of rules', [{ audience: { type: 'everyone' } }]],
  ])('fails closed on %s', async (_, audience) => {
    await change({ blocks: [callout('秘密の見出し'), callout('公開の見出し')] });
    // Nobody can save such a rule; an older version or a hand in the database may leave one.
    await app.strapi.db
      .query('blocks.callout')
      .updateMany({ where: { heading: '秘密の見出し' }, data: { audience } });
    for (const reader of [anyone, member]) {
      const html = (await reader.html('/articles/fresh')).replaceAll('<wbr>', '');
      expect(html).toContain('公開の見出し');
      expect(html).not.toContain('秘密の見出し');
      expect(JSON.stringify(await reader.json('/articles/fresh'))).not.toContain('秘密の見出し');
    }
  });

  it('escapes hostile texts everywhere', async () => {
    const evil = `"><script>alert(1)</script>'{{ '<img src=x>' }}`;
    await change({
      title: evil,
      lead: evil,
      category: evil,
      artwork: evil,
      blocks: [
        { ...callout(evil), text: evil, buttonLabel: evil, buttonUrl: 'javascript:alert(1)' },
        { __component: 'blocks.hero', heading: evil, artwork: evil },
        { __component: 'blocks.image', artwork: evil, alt: evil, caption: evil },
      ],
    });
    for (const path of ['/articles/fresh', '/articles', '/']) {
      const html = await anyone.html(path);
      expect(html, path).not.toContain('<script>alert');
      expect(html, path).not.toContain('<img src=x');
      expect(html, path).not.toContain('javascript:');
    }
  });

  it('escapes the reader’s own name in a merge field', async () => {
    await change({ blocks: [callout('{{ customer.familyName | default: "お客" }}さま')] });
    expect(await page()).toContain('お客さま');
    const html = await member.html('/articles/fresh');
    expect(html).toContain('&lt;b&gt;');
    expect(html).not.toContain('<b>');
  });

  it('shows what remains of a text with a broken merge field', async () => {
    await change({
      blocks: [callout('前 {% for i in (1..9) %}x{% endfor %} 後'), callout('続き')],
    });
    const answer = await anyone.get('/articles/fresh');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('続き');
  });

  it('keeps what a block quotes from a withheld entry to itself', async () => {
    const gated = await articles().create({
      status: 'published',
      locale: 'ja',
      data: {
        title: '伏せた題',
        slug: 'hidden',
        access: { audience: { type: 'members' }, otherwise: 'deny' },
      },
    });
    for (const path of ['/articles', '/articles.json', '/articles/fresh']) {
      expect(await anyone.html(path)).not.toContain('伏せた題');
    }
    await articles().delete({ documentId: gated.documentId });
  });
});
