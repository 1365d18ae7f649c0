import { describe, expect, it } from 'vitest';

import { visitFacts } from './visit';

const ownOrigins = ['https://shop.example'];
const first = { query: {}, referer: '', ownOrigins, seen: [] };

describe('what a request tells of its visit', () => {
  it('knows campaign and referrer on the very first page', () => {
    expect(
      visitFacts({
        ...first,
        query: { utm_source: 'line', utm_term: '', utm_medium: ['a', 'b'], other: 'x' },
        referer: 'https://www.Google.co.jp/search?q=secret',
      }),
    ).toEqual({ utm: { source: 'line' }, referrer: 'www.google.co.jp', viewed: [] });
  });

  it('knows on the second page which was the first, without anything stored', () => {
    const referer = 'https://shop.example/articles/jazz?utm_source=line';
    expect(visitFacts({ ...first, referer })).toEqual({
      utm: { source: 'line' },
      referrer: 'shop.example',
      viewed: ['/articles/jazz'],
    });
  });

  it('knows the whole visit where its owner agreed', () => {
    const page = { search: '', referrer: '/' };
    const seen = [
      { ...page, path: '/products' },
      { path: '/articles/jazz', search: 'utm_campaign=autumn', referrer: 'https://t.co' },
    ];
    expect(visitFacts({ ...first, referer: 'https://shop.example/products', seen })).toEqual({
      utm: { campaign: 'autumn' },
      referrer: 't.co',
      viewed: ['/products', '/articles/jazz'],
    });
  });

  it('lets another page of another site say nothing about ours', () => {
    const referer = 'https://evil.example/articles/jazz?utm_source=line';
    expect(visitFacts({ ...first, referer })).toEqual({
      utm: {},
      referrer: 'evil.example',
      viewed: [],
    });
  });

  it.each(['javascript:alert(1)', 'about:blank', 'http://', '%%%', 'android-app://x'])(
    'takes %s for no page',
    (referer) => {
      expect(visitFacts({ ...first, referer }).referrer).toBe('');
    },
  );
});
