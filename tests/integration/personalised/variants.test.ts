/** Blocks that compete for a slot, each chosen by who asks, from where, and when. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { memberOfTier, visitor, type Reader } from '../../support/site';

let app: TestApp;
let platinum: Reader;
let regular: Reader;

interface Documents {
  create(params: object): Promise<{ documentId: string }>;
}
const articles = () =>
  app.strapi.documents('api::article.article' as never) as unknown as Documents;

const callout = (heading: string, audience?: object, slot?: string) => ({
  __component: 'blocks.callout',
  heading,
  ...(audience || slot ? { audience: { audience: audience ?? { type: 'everyone' }, slot } } : {}),
});

const publish = (slug: string, blocks: object[]) =>
  articles().create({ status: 'published', locale: 'ja', data: { title: slug, slug, blocks } });

beforeAll(async () => {
  app = await startApp({ env: { CRM_COUNTRY_HEADER: 'x-country' } });
  platinum = await memberOfTier(app, 'platinum');
  regular = await memberOfTier(app, 'regular');
});
afterAll(() => app.stop());
afterEach(() => kernel().clock(app.strapi).reset());

interface Ask {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The headings of one page, as one request answers them. */
async function headings(slug: string, { query = '', headers = {} }: Ask = {}): Promise<string[]> {
  const answer = await fetch(`${app.origin}/articles/${slug}.json${query}`, { headers });
  const { data } = (await answer.json()) as { data: { blocks: { heading: string }[] } };
  return data.blocks.map((block) => block.heading);
}

const context = (rule: object) => ({ type: 'context', ...rule });

describe('a slot', () => {
  it('gives the first that matches, else the default, in one answer without the others', async () => {
    await publish('slot', [
      callout('前'),
      callout('一番', { type: 'tiers', keys: ['platinum'] }, 'main'),
      callout('二番', { type: 'members' }, 'main'),
      callout('標準', undefined, 'main'),
      callout('後'),
    ]);
    const inRest = async (reader: Reader) => {
      const path = '/api/articles?filters[slug][$eq]=slot&populate=blocks';
      const { data } = (await reader.json(path)) as { data: { blocks: { heading: string }[] }[] };
      return data[0]?.blocks.map((block) => block.heading);
    };
    const seen = async (reader: Reader) => {
      const html = (await reader.html('/articles/slot')).replaceAll('<wbr>', '');
      const { data } = (await reader.json('/articles/slot')) as {
        data: { blocks: { heading: string }[] };
      };
      const inJson = data.blocks.map((block) => block.heading);
      const inHtml = ['前', '一番', '二番', '標準', '後'].filter((words) =>
        html.includes(`<h2>${words}</h2>`),
      );
      expect(inHtml).toEqual(inJson);
      expect(await inRest(reader)).toEqual(inJson);
      return inJson;
    };
    expect(await seen(platinum)).toEqual(['前', '一番', '後']);
    expect(await seen(regular)).toEqual(['前', '二番', '後']);
    expect(await seen(visitor(app))).toEqual(['前', '標準', '後']);
  });

  it('switches at the set minute of the site’s time zone, and is kept by no cache', async () => {
    await publish('schedule', [
      callout('予告', context({ until: '2026-12-01T10:00' }), 'sale'),
      callout('開催中', context({ from: '2026-12-01T10:00', until: '2026-12-24T18:30' }), 'sale'),
      callout('終了', undefined, 'sale'),
    ]);
    const at = async (instant: string) => {
      kernel().clock(app.strapi).set(new Date(instant));
      return headings('schedule');
    };
    expect(await at('2026-12-01T09:59:59.999+09:00')).toEqual(['予告']);
    expect(await at('2026-12-01T10:00:00+09:00')).toEqual(['開催中']);
    expect(await at('2026-12-24T18:29:59.999+09:00')).toEqual(['開催中']);
    expect(await at('2026-12-24T18:30:00+09:00')).toEqual(['終了']);
    const answer = await visitor(app).get('/articles/schedule');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });
});

const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148';
const SUNDAY_NOON = '2026-11-22T12:00:00+09:00';

/** name, rule, a request that matches, one that does not. */
const RULES: readonly [string, object, Ask, Ask][] = [
  ['device', { devices: ['mobile'] }, { headers: { 'user-agent': PHONE } }, {}],
  [
    'country',
    { countries: ['KR'] },
    { headers: { 'x-country': 'kr' } },
    { headers: { 'x-country': 'JP', 'cf-ipcountry': 'KR' } },
  ],
  [
    'referrer',
    { referrers: ['google'] },
    { headers: { referer: 'https://www.google.co.jp/' } },
    { headers: { referer: 'https://www.goo.ne.jp/' } },
  ],
  ['direct', { referrers: ['direct'] }, {}, { headers: { referer: 'https://t.co/a' } }],
  ['utm', { utm: { source: ['line'] } }, { query: '?utm_source=line' }, { query: '?utm_source=x' }],
  [
    'language',
    { languages: ['ko'] },
    { headers: { 'accept-language': 'ko-KR,en;q=0.8' } },
    { headers: { 'accept-language': 'en,ko;q=0.8' } },
  ],
];

describe('context rules on the very first request', () => {
  it.each(RULES)('%s', async (name, rule, yes, no) => {
    await publish(`rule-${name}`, [
      callout('選ばれた', context(rule), 'main'),
      callout('標準', undefined, 'main'),
    ]);
    expect(await headings(`rule-${name}`, yes)).toEqual(['選ばれた']);
    expect(await headings(`rule-${name}`, no)).toEqual(['標準']);
  });

  it('together: all of them, any of them, all but one', async () => {
    const parts = RULES.filter(([name]) => name !== 'direct');
    const of = parts.map(([, rule]) => context(rule));
    const request = parts.reduce<Ask>(
      (sum, [, , yes]) => ({
        query: yes.query ?? sum.query,
        headers: { ...sum.headers, ...yes.headers },
      }),
      {},
    );
    await publish('rules-and', [
      callout('全部', { type: 'and', of }),
      callout('否定', {
        type: 'not',
        of: { type: 'or', of },
      }),
    ]);
    expect(await headings('rules-and', request)).toEqual(['全部']);
    expect(await headings('rules-and', { ...request, query: '' })).toEqual([]);
    const elsewhere = { headers: { 'x-country': 'JP' } };
    expect(await headings('rules-and', elsewhere)).toEqual(['否定']);
    expect(await headings('rules-and'), 'an unknown country is not another').toEqual([]);
  });

  it('hours and weekdays of the site', async () => {
    await publish('hours', [
      callout('日曜', context({ weekdays: ['sun'] })),
      callout('昼', context({ hours: { from: '12:00', until: '13:00' } })),
      callout('夜', context({ hours: { from: '22:00', until: '05:00' } })),
    ]);
    const at = async (instant: string) => {
      kernel().clock(app.strapi).set(new Date(instant));
      return headings('hours');
    };
    expect(await at(SUNDAY_NOON)).toEqual(['日曜', '昼']);
    expect(await at('2026-11-22T11:59:59+09:00')).toEqual(['日曜']);
    expect(await at('2026-11-23T00:00:00+09:00')).toEqual(['夜']);
    expect(await at('2026-11-22T00:00:00+09:00')).toEqual(['日曜', '夜']);
  });
});

describe('the second page', () => {
  const VISITOR = '0b51e3a4-4d27-4c0e-9a64-3f0f2f1f8a11';
  const second = [
    callout('ジャズの続き', context({ viewed: ['/articles/*'] }), 'main'),
    callout('LINEから', context({ utm: { source: ['line'] } }), 'main'),
    callout('検索から', context({ referrers: ['google'] }), 'main'),
    callout('標準', undefined, 'main'),
  ];
  const track = (properties: object, headers = {}) =>
    fetch(`${app.origin}/api/crm/track/v1/page`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
      body: JSON.stringify({ anonymousId: VISITOR, properties }),
    });

  beforeAll(() => publish('second', second));

  it('reacts to the first without anything being stored', async () => {
    const from = (path: string) => ({ headers: { referer: app.origin + path } });
    expect(await headings('second', from('/articles/jazz'))).toEqual(['ジャズの続き']);
    expect(await headings('second', from('/?utm_source=line'))).toEqual(['LINEから']);
    expect(await headings('second')).toEqual(['標準']);
    expect(
      await headings('second', { headers: { referer: 'https://evil.example/articles/jazz' } }),
    ).toEqual(['標準']);
    const answer = await fetch(`${app.origin}/articles/second`, from('/articles/jazz'));
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
  });

  it('reacts to the whole visit of a browser that agreed, until the visit is over', async () => {
    const agreed = { cookie: `crm_visitor=${VISITOR}` };
    expect(await headings('second', { headers: agreed })).toEqual(['標準']);
    await track({ path: '/', search: '', referrer: 'https://www.google.com' });
    await track({ path: '/products', search: '', referrer: '/' });
    const onward = { ...agreed, referer: `${app.origin}/products` };
    expect(await headings('second', { headers: onward })).toEqual(['検索から']);
    await track({ path: '/articles/jazz', search: '', referrer: '/products' });
    expect(await headings('second', { headers: agreed })).toEqual(['ジャズの続き']);
    const refusing = { ...agreed, 'sec-gpc': '1' };
    expect(await headings('second', { headers: refusing })).toEqual(['標準']);
    const other = { cookie: 'crm_visitor=5f0f2f1f-8a11-4c0e-9a64-0b51e3a44d27' };
    expect(await headings('second', { headers: other })).toEqual(['標準']);
    kernel()
      .clock(app.strapi)
      .set(new Date(Date.now() + 31 * 60_000));
    expect(await headings('second', { headers: agreed })).toEqual(['標準']);
  });

  it.each([
    ['SQL', "' or 1=1 --"],
    ['five thousand letters', 'x'.repeat(5000)],
    ['a path', '../../etc/passwd'],
    ['a null', '\u0000'],
  ])('takes %s for no visitor', async (_, value) => {
    const cookie = `crm_visitor=${encodeURIComponent(value)}`;
    expect(await headings('second', { headers: { cookie } })).toEqual(['標準']);
  });
});
