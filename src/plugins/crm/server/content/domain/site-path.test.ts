import { describe, expect, it } from 'vitest';

import type { PageAddress } from '../../../shared/content';
import { entriesNamedBy, sitePath } from './site-path';

const below =
  (folder: string): PageAddress =>
  ({ slug }, locale) =>
    typeof slug === 'string'
      ? `${locale === 'en' ? '/en' : ''}/${folder}/${encodeURIComponent(slug)}`
      : null;

const pages = new Map<string, PageAddress>([
  ['article', below('articles')],
  ['home', ({ slug }, locale) => (slug === 'home' ? (locale === 'en' ? '/en' : '/') : null)],
  ['dated', ({ slug, day }) => (typeof day === 'string' ? `/news/${day}/${String(slug)}` : null)],
]);
const named = (path: string) =>
  entriesNamedBy(path, pages).map(({ uid, slug, locale }) => `${uid} ${slug} ${locale}`);

describe('the path of an address', () => {
  it.each([
    ['https://shop.example.jp/articles/a?utm_source=mail#top', '/articles/a'],
    ['https://shop.example.jp', '/'],
    ['http://shop.example.jp/articles/a', null],
    ['https://shop.example.jp:444/articles/a', null],
    ['https://shop.example.jp.evil.example/articles/a', null],
    ['mailto:shop@shop.example.jp', null],
    ['#', null],
  ])('%s is ours as %s', (address, path) => {
    expect(sitePath(address, 'https://shop.example.jp')).toBe(path);
  });
});

describe('an entry', () => {
  it.each([
    ['/articles/jazz', ['article jazz ja']],
    ['/en/articles/jazz', ['article jazz en']],
    ['/Articles/jazz/', ['article jazz ja']],
    [`/articles/${encodeURIComponent('冬の盤')}`, ['article 冬の盤 ja']],
    ['/articles/a%27b', ["article a'b ja"]],
    ['/articles/%E3', ['article %E3 ja']],
  ])('is named by %s', (path, entries) => {
    expect(named(path)).toEqual(entries);
  });

  it.each(['/', '/en', '/articles', '/articles/a/b', '/news/2026-01-01/a', '/records/jazz', '//'])(
    'is not named by %s',
    (path) => {
      expect(named(path)).toEqual([]);
    },
  );
});
