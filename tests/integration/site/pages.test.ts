/** The site as visitors, members and platinum members get it, as HTML and as JSON. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { memberOfTier, visitor, type Reader } from '../../support/site';

let app: TestApp;
let anyone: Reader;
let member: Reader;
let platinum: Reader;

beforeAll(async () => {
  app = await startApp({ env: { SEED_DEMO: 'true' } });
  anyone = visitor(app);
  member = await memberOfTier(app, 'silver', '田中');
  platinum = await memberOfTier(app, 'platinum', '佐藤');
});
afterAll(() => app.stop());

const GATED = '/articles/cutting-engineer';
/** Words that stand only behind the divider, and only in the platinum block. */
const WITHHELD = ['1987年の夏', '機械を疑う前に', '古川さんが彫った盤'];
const PLATINUM = '十名さまをご招待します';

interface JsonAnswer {
  data: { blocks: { __component: string; heading?: string; audience?: unknown }[] } | null;
  meta?: { allowed: boolean };
  error?: { status: number; code?: string };
}
const jsonOf = async (reader: Reader, path: string) => (await reader.json(path)) as JsonAnswer;

describe('the top page', () => {
  it('shows each viewer the hero meant for her, and no other', async () => {
    const heroes = {
      visitor: '針を下ろすと、',
      member: 'おかえりなさい。',
      platinum: '一枚よけておきました',
    };
    const pages = {
      visitor: await anyone.html('/'),
      member: await member.html('/'),
      platinum: await platinum.html('/'),
    };
    for (const [who, html] of Object.entries(pages)) {
      const plain = html.replaceAll('<wbr>', '');
      for (const [whose, words] of Object.entries(heroes)) {
        expect(plain.includes(words), `${who} sees the hero of ${whose}`).toBe(who === whose);
      }
    }
    expect(pages.platinum).toContain('佐藤');
  });

  it('answers the same in JSON', async () => {
    const { data } = await jsonOf(platinum, '/index.json');
    const heroes = data?.blocks.filter((block) => block.__component === 'blocks.hero');
    expect(heroes).toHaveLength(1);
    expect(heroes?.[0]).not.toHaveProperty('audience');
  });
});

describe('a members-only article', () => {
  it('shows a visitor its teaser and the way in, and not one byte of the rest', async () => {
    for (const path of [GATED, `${GATED}.json`]) {
      const answer = await anyone.get(path);
      const body = await answer.text();
      expect(answer.status).toBe(200);
      for (const words of [...WITHHELD, PLATINUM]) expect(body).not.toContain(words);
      expect(body).toContain('川崎の住宅街に');
    }
    const html = await anyone.html(GATED);
    expect(html).toContain('/m/register?next=%2Farticles%2Fcutting-engineer');
    expect(html).toContain('"isAccessibleForFree":false');
    expect(html).toContain('"cssSelector":".members-part"');
  });

  it('shows a member the whole, and platinum its own block', async () => {
    const html = await member.html(GATED);
    for (const words of WITHHELD) expect(html.replaceAll('<wbr>', '')).toContain(words);
    expect(html).not.toContain(PLATINUM);
    expect(html).not.toContain('members-part');
    expect(await platinum.html(GATED)).toContain(PLATINUM);
    expect(JSON.stringify(await member.json(GATED))).not.toContain(PLATINUM);
    expect(JSON.stringify(await platinum.json(GATED))).toContain(PLATINUM);
  });

  it('must not be kept by a shared cache', async () => {
    for (const reader of [anyone, member]) {
      const { headers } = await reader.get(GATED);
      expect(headers.get('cache-control')).toBe('private, no-store');
    }
    const open = await anyone.get('/articles/cleaning-records');
    expect(open.headers.get('cache-control')).toContain('public');
    expect(open.headers.get('vary')).toMatch(/Cookie/i);
    const asMember = await member.get('/articles/cleaning-records');
    expect(asMember.headers.get('cache-control')).toBe('private, no-store');
  });
});

describe('the platinum page', () => {
  it.each([
    ['a visitor', () => anyone, 401],
    ['a member', () => member, 403],
  ] as const)('refuses %s without a word of it', async (_, reader, status) => {
    const page = await reader().get('/pages/platinum');
    expect(page.status).toBe(status);
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    const html = await page.text();
    for (const words of ['試聴会のお知らせ', 'ひと足先の四枚', 'プラチナ試聴室']) {
      expect(html).not.toContain(words);
    }
    const json = await jsonOf(reader(), '/pages/platinum.json');
    expect(json).toMatchObject({ data: null, error: { status, code: 'access.withheld' } });
  });

  it('opens to platinum', async () => {
    expect(await platinum.html('/pages/platinum')).toContain('試聴会のお知らせ');
    expect((await jsonOf(platinum, '/pages/platinum.json')).meta?.allowed).toBe(true);
  });
});

describe('languages and addresses', () => {
  it('has every page in English', async () => {
    for (const path of ['/en', '/en/articles', '/en/products', '/en/pages/about']) {
      const html = await anyone.html(path);
      expect(html, path).toContain('<html lang="en">');
    }
    const html = await anyone.html('/en/products/minato-lights');
    expect(html).toContain('Harbour Lights');
    expect(html).toContain('hreflang="ja" href="');
    expect(await anyone.html(`/en${GATED}`)).not.toContain('In the summer of 1987');
  });

  it('says 404 in the reader’s form and language', async () => {
    for (const path of ['/articles/none', '/pages/none', '/products/none', '/nothing/here']) {
      const page = await anyone.get(path);
      expect(page.status, path).toBe(404);
      expect(await page.text()).toContain('<html lang="ja">');
    }
    expect(await anyone.html('/en/nothing')).toContain('We could not find that page');
    expect(await anyone.json('/articles/none')).toMatchObject({ error: { status: 404 } });
    const rest = await anyone.get('/api/nothing');
    expect(rest.status).toBe(404);
    expect(await rest.text()).not.toContain('<html');
  });

  it('draws art for names, and nothing for anything else', async () => {
    const svg = await anyone.get('/art/waves-minato.svg');
    expect(svg.headers.get('content-type')).toContain('image/svg+xml');
    expect(await svg.text()).toBe(await (await anyone.get('/art/waves-minato.svg')).text());
    const png = Buffer.from(await (await anyone.get('/art/waves-minato.png?w=240')).arrayBuffer());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    for (const bad of ['a.svg?w=1', 'A%22.svg', '..%2Fx.svg', 'a.png?w=99999', 'a.gif']) {
      expect((await anyone.get(`/art/${bad}`)).status, bad).toBe(404);
    }
    const fonts = await anyone.get('/assets/fonts/noto-sans-jp/..%2Fpackage.json');
    expect(fonts.status).toBe(404);
  });

  it('seeds once', async () => {
    const count = () => app.strapi.documents('api::product.product' as never).count({});
    const before = await count();
    expect(before).toBe(24);
    expect(await app.strapi.documents('api::article.article' as never).count({})).toBe(6);
  });
});
