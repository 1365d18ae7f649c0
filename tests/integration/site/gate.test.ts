/** The gate on the HTML site: what each Access setting answers, feed and sitemap, shared caches. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { startSharedCache, type SharedCache } from '../../support/shared-cache';
import { memberOfTier, visitor, type Reader } from '../../support/site';

let app: TestApp;
let cache: SharedCache;
let nobody: Reader;
let silver: Reader;
let gold: Reader;

beforeAll(async () => {
  app = await startApp();
  cache = await startSharedCache(app.origin);
  nobody = visitor(app);
  silver = await memberOfTier(app, 'silver', '鈴木');
  gold = await memberOfTier(app, 'gold', '金子');
  await writeArticles();
});
afterAll(async () => {
  await cache.stop();
  await app.stop();
});

const GOLD = { type: 'tiers', keys: ['gold'] };
const SECRET = '金会員だけの段落';

const SETTINGS = {
  open: null,
  teaser: { audience: GOLD, otherwise: 'teaser' },
  deny: { audience: GOLD, otherwise: 'deny' },
  login: { audience: GOLD, otherwise: 'login' },
  redirect: { audience: GOLD, otherwise: 'redirect', redirectTo: '/pages/join' },
  broken: { audience: { type: 'tiers', keys: ['no-such-tier'] }, otherwise: 'deny' },
} as const;
type Setting = keyof typeof SETTINGS;

async function writeArticles(): Promise<void> {
  const text = (body: string, audience: object | null = null) => ({
    __component: 'blocks.rich-text',
    body: [{ type: 'paragraph', children: [{ type: 'text', text: body }] }],
    audience: audience && { audience },
  });
  for (const [slug, access] of Object.entries(SETTINGS)) {
    await app.strapi.documents('api::article.article' as never).create({
      locale: 'ja',
      status: 'published',
      data: {
        title: `記事「${slug}」<&>`,
        slug,
        lead: `${slug}のリード`,
        publishedOn: '2026-11-20',
        access,
        blocks: [
          text(`${slug}の書き出し`),
          { __component: 'blocks.teaser-divider', heading: 'ここから先は会員限定' },
          text(slug === 'open' ? '誰でも読める段落' : SECRET),
          text(`{{ customer.familyName | default: "お客" }}様だけのお知らせ`, { type: 'members' }),
        ],
      },
    } as never);
  }
}

const at = (setting: Setting) => `/articles/${setting}`;

describe('each Access setting answers a stranger', () => {
  it.each([
    ['open', 200, 200],
    ['teaser', 200, 200],
    ['deny', 401, 403],
    ['login', 302, 403],
    ['redirect', 302, 302],
    ['broken', 401, 403],
  ] as const)('%s: %i to a visitor, %i to a member of another tier', async (setting, ...wanted) => {
    const answers = [await nobody.get(at(setting)), await silver.get(at(setting))];
    expect(answers.map(({ status }) => status)).toEqual(wanted);
    for (const answer of answers) expect(await answer.text()).not.toContain(SECRET);
    const own = await gold.get(at(setting));
    const reads = setting !== 'broken';
    expect(own.status).toBe(reads ? 200 : 403);
    expect((await own.text()).includes(SECRET)).toBe(reads && setting !== 'open');
  });

  it('redirects only within the site, to the login with the way back', async () => {
    const login = (await nobody.get(at('login'))).headers.get('location') ?? '';
    expect(login).toMatch(/^\/m\/login\?next=%2Farticles%2Flogin/);
    expect((await nobody.get(at('redirect'))).headers.get('location')).toBe('/pages/join');
  });

  it('as JSON with a code', async () => {
    const json = async (setting: Setting, reader: Reader) => {
      const answer = await reader.get(at(setting), 'application/json');
      return [answer.status, await answer.json()];
    };
    expect(await json('deny', nobody)).toMatchObject([401, { error: { code: 'access.withheld' } }]);
    expect(await json('deny', silver)).toMatchObject([403, { error: { code: 'access.withheld' } }]);
  });

  it('tells search engines which part is not free, and shows them what anybody gets', async () => {
    const dataOf = async (reader: Reader, setting: Setting) => {
      const html = await reader.html(at(setting));
      const script = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
      return { html, data: JSON.parse(script) as Record<string, unknown> };
    };
    const { html, data } = await dataOf(nobody, 'teaser');
    expect(data).toMatchObject({
      '@type': 'Article',
      isAccessibleForFree: false,
      hasPart: { '@type': 'WebPageElement', isAccessibleForFree: false },
    });
    const { cssSelector } = data.hasPart as { cssSelector: string };
    expect(html).toContain(`class="invitation ${cssSelector.slice(1)}"`);
    expect((await dataOf(nobody, 'open')).data.isAccessibleForFree).toBe(true);
    const crawler = await fetch(app.origin + at('teaser'), {
      headers: { accept: 'text/html', 'user-agent': 'Googlebot/2.1' },
    });
    expect(await crawler.text()).toBe(html);
  });
});

describe('feed and sitemap', () => {
  it('hold teasers of what is listed and nothing of the rest, the same for everybody', async () => {
    for (const path of ['/feed.xml', '/sitemap.xml']) {
      const answer = await nobody.get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/xml/);
      const xml = await answer.text();
      expect(await gold.html(path)).toBe(xml);
      expect(xml).not.toContain(SECRET);
      for (const setting of ['open', 'teaser'])
        expect(xml).toContain(`/articles/${setting}<`.slice(0, -1));
      for (const setting of ['deny', 'login', 'redirect', 'broken']) {
        expect(xml).not.toContain(`/articles/${setting}`);
        expect(xml).not.toContain(`記事「${setting}」`);
      }
    }
    const feed = await nobody.html('/feed.xml');
    expect(feed).toContain('<title>記事「teaser」&#60;&#38;&#62;</title>');
    expect(feed).toContain('<summary>teaserのリード</summary>');
    expect(feed).not.toContain('書き出し');
  });
});

describe('behind a shared cache', () => {
  const through = async (path: string, cookie: string, more: Record<string, string> = {}) => {
    const headers = { accept: 'text/html', cookie, ...more };
    return (await fetch(cache.origin + path, { headers, redirect: 'manual' })).text();
  };
  const paths = [
    '/',
    '/articles',
    '/feed.xml',
    ...Object.keys(SETTINGS).map((s) => `/articles/${s}`),
  ];

  it('everybody gets exactly their own copy, in whatever order they come', async () => {
    const readers = { nobody, silver, gold };
    const direct: Record<string, string> = {};
    for (const path of paths) {
      for (const [name, reader] of Object.entries(readers)) {
        direct[`${name} ${path}`] = await reader.html(path);
      }
    }
    const orders = [
      ['gold', 'nobody', 'silver', 'nobody', 'gold'],
      ['nobody', 'gold', 'nobody', 'silver'],
    ] as const;
    for (const order of orders) {
      for (const path of paths) {
        const texts: string[] = [];
        for (const name of order) texts.push(await through(path, readers[name].cookie));
        const own = order.map((name, index) => texts[index] === direct[`${name} ${path}`]);
        expect(own, path).toEqual(order.map(() => true));
        const strangers = texts.filter((_, index) => order[index] === 'nobody');
        expect(strangers.join()).not.toMatch(/金会員だけ|金子様|鈴木様/);
      }
    }
    // Open pages are kept, so that the equality above means something.
    expect(cache.hits).toBeGreaterThan(5);
  });

  it('is not poisoned by headers that the key does not hold', async () => {
    const evil = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'gopher',
      'x-original-url': '/articles/teaser',
      'x-rewrite-url': '/articles/teaser',
      forwarded: 'host=evil.example',
      'accept-language': 'en',
      'user-agent': '"><script>evil</script>',
    };
    for (const path of paths) {
      const fresh = `${path}?fresh=1`;
      const poisoned = await through(fresh, '', evil);
      expect(poisoned).not.toMatch(/evil/);
      const later = await through(fresh, '');
      expect(later).toBe(await nobody.html(fresh));
    }
  });

  it.each(['teaser', 'deny', 'login', 'redirect', 'broken'] as const)(
    'nothing gated may be kept at all: %s',
    async (setting) => {
      for (const reader of [nobody, silver, gold]) {
        const { headers } = await reader.get(at(setting));
        expect(headers.get('cache-control')).toBe('private, no-store');
        expect(headers.get('vary')).toMatch(/cookie/i);
      }
    },
  );
});

describe('drip and expiry', () => {
  const DAY = 86_400_000;

  it('a part opens and closes so many days after joining, at midnight of the site', async () => {
    const clock = kernel().clock(app.strapi);
    // 10:00 in Tokyo: the first midnight comes fourteen hours later.
    const joined = Date.parse('2027-03-01T01:00:00Z');
    try {
      clock.set(new Date(joined));
      const reader = await memberOfTier(app, 'regular', '新田');
      await keepLoggedIn(reader);
      await kernel()
        .database(app.strapi)('crm_member_events')
        .insert({ customer_id: reader.customerId, type: 'registered', at: joined });
      const block = (body: string, audience: object) => ({
        __component: 'blocks.quote',
        text: body,
        audience: { audience },
      });
      await app.strapi.documents('api::page.page' as never).create({
        locale: 'ja',
        status: 'published',
        data: {
          title: '入門',
          slug: 'course',
          blocks: [
            block('三日目から', { type: 'joined', atLeastDays: 3 }),
            block('二日目まで', { type: 'joined', atMostDays: 2 }),
          ],
        },
      } as never);
      const midnight = Date.parse('2027-03-01T15:00:00Z');
      const seenAt = async (instant: number) => {
        clock.set(new Date(instant));
        const html = await reader.html('/pages/course');
        return ['三日目から', '二日目まで'].filter((text) => html.includes(text));
      };
      expect(await seenAt(joined)).toEqual(['二日目まで']);
      expect(await seenAt(midnight + 2 * DAY - 1000)).toEqual(['二日目まで']);
      expect(await seenAt(midnight + 2 * DAY)).toEqual(['三日目から']);
      expect(await nobody.html('/pages/course')).not.toMatch(/三日目から|二日目まで/);
    } finally {
      clock.reset();
    }
  });

  /** Longer than a session lasts without being used. */
  const keepLoggedIn = ({ customerId }: Reader) =>
    kernel()
      .database(app.strapi)('crm_member_sessions')
      .where({ customer_id: customerId })
      .update({ expires_at: Date.parse('2027-06-01T00:00:00Z') });
});
