/** Texts that differ by reader: merge fields, switching tags, and blocks written once for many pages. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { compiled } from '../../support/crm';
import { memberOfTier, visitor, type Reader } from '../../support/site';

type Content = typeof import('../../../src/plugins/crm/server/content');
type Access = typeof import('../../../src/plugins/crm/server/access');

const EVIL = `<script>alert("x")</script>{{ customer.email }}`;

let app: TestApp;
let anyone: Reader;
let member: Reader;
let platinum: Reader;

interface Documents {
  create(params: object): Promise<{ documentId: string }>;
  update(params: object): Promise<unknown>;
}
const documents = (uid: string) => app.strapi.documents(uid as never) as unknown as Documents;
const publish = async (uid: string, data: object) =>
  (await documents(uid).create({ status: 'published', locale: 'ja', data })).documentId;

beforeAll(async () => {
  app = await startApp();
  anyone = visitor(app);
  member = await memberOfTier(app, 'regular', EVIL);
  platinum = await memberOfTier(app, 'platinum', '佐藤');
});
afterAll(() => app.stop());

const callout = (heading: string, audience?: object, text?: string) => ({
  __component: 'blocks.callout',
  heading,
  text,
  ...(audience ? { audience } : {}),
});

interface Answer {
  data: { title: string; blocks: { heading: string; block?: { blocks: { heading: string }[] } }[] };
}
const jsonOf = async (reader: Reader, slug: string) =>
  ((await reader.json(`/articles/${slug}`)) as Answer).data;
const html = async (reader: Reader, slug: string) =>
  (await reader.html(`/articles/${slug}`)).replaceAll('<wbr>', '');
const restOf = async (reader: Reader, slug: string) => {
  const path = `/api/articles?filters[slug][$eq]=${slug}&populate[blocks][populate]=*`;
  const { data } = (await reader.json(path)) as { data: Answer['data'][] };
  return data[0];
};

describe('merge fields', () => {
  const NAME = '{{ customer.familyName | default: "お客" }}さま';

  beforeAll(() =>
    publish('api::article.article', {
      title: `${NAME}へ`,
      slug: 'merge',
      lead: NAME,
      blocks: [callout(NAME, undefined, '{{ customer.nothing | default: "準備中" }}')],
    }),
  );

  it('stand in title, lead and blocks of the page, with the fallback for who is not known', async () => {
    const page = await html(platinum, 'merge');
    expect(page).toContain('<title>佐藤さまへ｜');
    expect(page).toContain('<h2>佐藤さま</h2>');
    expect(page).toContain('準備中');
    const stranger = await html(anyone, 'merge');
    expect(stranger).toContain('<title>お客さまへ｜');
    expect(stranger).toContain('<h2>お客さま</h2>');
    expect(stranger + page).not.toContain('{{');
  });

  it('stand in the site’s JSON and in REST alike', async () => {
    expect(await jsonOf(platinum, 'merge')).toMatchObject({
      title: '佐藤さまへ',
      blocks: [{ heading: '佐藤さま', text: '準備中' }],
    });
    expect((await restOf(platinum, 'merge'))?.blocks).toMatchObject([{ heading: '佐藤さま' }]);
    expect((await restOf(anyone, 'merge'))?.blocks).toMatchObject([{ heading: 'お客さま' }]);
    const rest = await platinum.get('/api/articles?populate[blocks][populate]=*');
    expect(rest.headers.get('cache-control')).toBe('private, no-store');
  });

  it('keep a hostile name inert everywhere, and never read it as a template', async () => {
    const page = await html(member, 'merge');
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;{{ customer.email }}');
    const { blocks } = await jsonOf(member, 'merge');
    expect(blocks[0]?.heading).toBe(`${EVIL}さま`);
  });

  it('tell nothing but the reader’s own record', async () => {
    await publish('api::article.article', {
      title: 'probe',
      slug: 'probe',
      blocks: [
        callout('[{{ process.env.CRM_SECRET }}{{ constructor }}{{ customer.constructor.name }}]'),
      ],
    });
    expect((await jsonOf(platinum, 'probe')).blocks[0]?.heading).toBe('[]');
  });

  it('end in time, whatever was written', async () => {
    const doubling = '{% assign a = a | append: a %}'.repeat(60);
    const loop = '{% for i in (1..100000000) %}x{% endfor %}';
    await publish('api::article.article', {
      title: 'bomb',
      slug: 'bomb',
      blocks: [
        callout('前'),
        callout('爆弾', undefined, `{% assign a = "0123456789" %}${doubling}{{ a }}`),
        callout('輪', undefined, loop),
        callout('後'),
      ],
    });
    const before = process.memoryUsage().heapUsed;
    const started = performance.now();
    const page = await html(anyone, 'bomb');
    // Of what a hundred million rounds and ten characters doubled sixty times would take, nothing.
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300_000_000);
    expect(page).toContain('<h2>前</h2>');
    expect(page).toContain('<h2>後</h2>');
    expect(page.length).toBeLessThan(100_000);
  });
});

describe('a switching tag', () => {
  const wording = (text: string, audience: object | null) => ({
    text,
    audience: audience && { audience },
  });
  let tagId: string;

  beforeAll(async () => {
    const created = await documents('plugin::crm.merge-tag').create({
      locale: 'ja',
      data: {
        name: '送料',
        key: 'shipping',
        variants: [
          wording('{{ customer.familyName }}さまは送料無料', { type: 'tiers', keys: ['platinum'] }),
          wording('会員は<b>300円</b>', { type: 'tiers', keys: ['regular'] }),
        ],
        fallback: '520円',
      },
    });
    tagId = created.documentId;
    for (const slug of ['tag-one', 'tag-two']) {
      await publish('api::article.article', {
        title: slug,
        slug,
        blocks: [
          callout('送料：{{ tag.shipping }}'),
          callout('{{ tag.unknown | default: "なし" }}'),
        ],
      });
    }
  });

  it('says another wording to each reader, in every text that names it', async () => {
    for (const slug of ['tag-one', 'tag-two']) {
      expect(await html(platinum, slug)).toContain('送料：佐藤さまは送料無料');
      expect(await html(member, slug)).toContain('送料：会員は&lt;b&gt;300円&lt;/b&gt;');
      expect(await html(anyone, slug)).toContain('送料：520円');
      expect((await jsonOf(anyone, slug)).blocks.map((block) => block.heading)).toEqual([
        '送料：520円',
        'なし',
      ]);
      expect((await restOf(platinum, slug))?.blocks[0]?.heading).toBe('送料：佐藤さまは送料無料');
    }
  });

  it('changes everywhere with the next request when it is edited', async () => {
    await documents('plugin::crm.merge-tag').update({
      documentId: tagId,
      locale: 'ja',
      data: { fallback: '600円' },
    });
    expect(await html(anyone, 'tag-one')).toContain('送料：600円');
    expect(await html(anyone, 'tag-two')).toContain('送料：600円');
  });

  it('is chosen for each recipient of a message', async () => {
    const { documentId } = await app.strapi
      .documents('api::article.article' as never)
      .findFirst({ filters: { slug: 'tag-one' }, locale: 'ja' } as never)
      .then((found) => found as unknown as { documentId: string });
    const { contentService } = compiled<Content>('content');
    const { accessService } = compiled<Access>('access');
    const entry = await contentService(app.strapi).compileEntry(
      { uid: 'api::article.article', documentId, locale: 'ja' },
      { subject: '{{ tag.shipping }}' },
    );
    const subjectFor = async (reader: Reader, familyName: string) => {
      const viewer = await accessService(app.strapi).viewerForCustomer(reader.customerId ?? 0);
      const mail = entry?.email({ viewer, now: new Date(), customer: { familyName } });
      return mail && 'subject' in mail ? mail.subject : mail;
    };
    expect(await subjectFor(platinum, '佐藤')).toBe('佐藤さまは送料無料');
    expect(await subjectFor(member, '田中')).toBe('会員は<b>300円</b>');
  });
});

describe('a block written once', () => {
  let blockId: string;
  const shared = (audience?: object) => ({
    __component: 'blocks.shared',
    block: blockId,
    ...(audience ? { audience: { audience } } : {}),
  });

  beforeAll(async () => {
    blockId = await publish('api::content-block.content-block', {
      name: '共通',
      blocks: [
        callout('共通{{ customer.familyName }}'),
        callout('SECRET-PLATINUM', { audience: { type: 'tiers', keys: ['platinum'] } }),
        callout('一番', { audience: { type: 'members' }, slot: 'a' }),
        callout('二番', { audience: { type: 'everyone' }, slot: 'a' }),
      ],
    });
    for (const slug of ['shared-one', 'shared-two']) {
      await publish('api::article.article', {
        title: slug,
        slug,
        blocks: [
          callout('前'),
          shared(),
          callout('後'),
          shared({ type: 'tiers', keys: ['platinum'] }),
        ],
      });
    }
  });

  const headingsIn = (page: string) =>
    [...page.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, text]) => text);

  it('stands in its place on every page, each reader seeing her own', async () => {
    for (const slug of ['shared-one', 'shared-two']) {
      const blocksOf = async (reader: Reader) =>
        headingsIn((await html(reader, slug)).split('callout').slice(1).join('callout')).slice(
          0,
          9,
        );
      expect((await blocksOf(anyone)).slice(0, 4)).toEqual(['前', '共通', '二番', '後']);
      const own = ['共通佐藤', 'SECRET-PLATINUM', '一番'];
      expect((await blocksOf(platinum)).slice(0, 8)).toEqual(['前', ...own, '後', ...own]);
    }
  });

  it('is gated inside, in JSON and REST too', async () => {
    for (const body of [
      await html(anyone, 'shared-one'),
      JSON.stringify(await jsonOf(anyone, 'shared-one')),
      JSON.stringify(await restOf(anyone, 'shared-one')),
      await (
        await anyone.get(
          '/api/articles?populate[blocks][on][blocks.shared][populate][block][populate]=*',
        )
      ).text(),
      await (await anyone.get('/api/content-blocks?populate=*')).text(),
    ]) {
      expect(body).not.toContain('SECRET-PLATINUM');
    }
    expect(JSON.stringify(await jsonOf(platinum, 'shared-one'))).toContain('SECRET-PLATINUM');
  });

  it('changes on all pages when it is edited', async () => {
    await documents('api::content-block.content-block').update({
      documentId: blockId,
      locale: 'ja',
      status: 'published',
      data: { blocks: [callout('新しい共通')] },
    });
    for (const slug of ['shared-one', 'shared-two']) {
      expect(headingsIn(await html(anyone, slug))).toContain('新しい共通');
    }
  });
});
