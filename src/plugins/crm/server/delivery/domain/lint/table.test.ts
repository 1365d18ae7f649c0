import { describe, expect, it } from 'vitest';

import type { Lintable } from './rule';
import { lintMessage } from './table';

const LONG =
  'この冬に入荷した40点を、担当者の言葉とともにご紹介します。ぜひ店頭でもお確かめください。';
const fine: Lintable = {
  channel: 'email',
  subject: '冬の入荷案内',
  preheader: '新着40点',
  html: '<img src="a.jpg" alt="青いジャケット"><p>本文</p>',
  text: LONG,
  links: [
    { key: 'a', url: 'https://shop.example.jp/products/winter' },
    { key: 'b', url: 'mailto:shop@example.jp' },
    { key: 'c', url: 'http://localhost:1337/' },
  ],
  sitePages: new Map([['https://shop.example.jp/products/winter', 'served']]),
  names: [{ path: ['customer', 'familyName'], hasDefault: true }],
  fields: new Set(['customer.familyName', 'customer.custom.size', 'customer.tags', 'tag.shipping']),
  heavyText: null,
  gatedLines: ['会員だけの先行予約は金曜から'],
  openLines: [],
};
const keysOf = (more: Partial<Lintable>) =>
  lintMessage({ ...fine, ...more }).map(({ severity, key }) => `${severity} ${key.slice(14)}`);

describe('a message before it is sent', () => {
  it('has nothing to find where nothing is wrong', () => {
    expect(keysOf({})).toEqual([]);
  });

  it('names merge fields that nobody knows, and those of other tools', () => {
    const named = (path: Lintable['names'][number]['path'], hasDefault = false) =>
      keysOf({ names: [{ path, hasDefault }] });
    for (const path of [
      ['name'],
      ['custmer', 'familyName'],
      ['customer'],
      ['customer', 'familyNam'],
      ['customer', 'familyName', 'kana'],
      ['customer', 'custom', 'typo'],
      ['customer', null],
      ['tag', 'nope'],
    ]) {
      expect([path, named(path)]).toEqual([path, ['error merge-unknown']]);
      expect([path, named(path, true)]).toEqual([path, ['warning merge-default']]);
    }
    for (const path of [
      ['customer', 'custom', 'size'],
      ['customer', 'tags', 0],
      ['customer', 'tags', 'size'],
      ['tag', 'shipping'],
    ]) {
      expect([path, named(path)]).toEqual([path, []]);
    }
    expect(keysOf({ heavyText: '{% assign a' })).toEqual(['error merge-heavy']);
    const both = [true, false].map((hasDefault) => ({ path: ['name'], hasDefault }));
    expect(keysOf({ names: both })).toEqual(['error merge-unknown']);
    for (const left of ['%%NAME%%様', '*|FNAME|*様', '｛｛名前｝｝様', '[[name]]様']) {
      expect([left, keysOf({ subject: left })]).toEqual([left, ['error merge-left']]);
    }
    expect(keysOf({ text: `${LONG}{{ customer.familyName }}` })).toEqual(['error merge-left']);
  });

  it('names links that cannot be opened', () => {
    for (const url of [
      '#',
      'shop',
      'http:///',
      'javascript:alert(1)',
      'https://shop',
      'mailto:x',
    ]) {
      expect([url, keysOf({ links: [{ key: 'a', url }] })]).toEqual([url, ['error broken-link']]);
    }
  });

  it('names pages of our own that no reader would find', () => {
    const found = (state: 'unpublished' | 'missing' | 'unknown') =>
      keysOf({ sitePages: new Map([['https://shop.example.jp/products/gone', state]]) });
    expect(found('missing')).toEqual(['error page-missing']);
    expect(found('unpublished')).toEqual(['warning page-unpublished']);
    expect(found('unknown')).toEqual(['warning page-unknown']);
    const many = Array.from(
      { length: 9 },
      (_, at) => [`https://a.example/${at}`, 'missing'] as const,
    );
    expect(keysOf({ sitePages: new Map(many) })).toHaveLength(5);
  });

  it('counts pictures without words', () => {
    expect(keysOf({ html: '<img src="a.jpg">' })).toEqual(['warning alt-missing']);
    expect(keysOf({ html: '<img alt="" src="a.jpg"><img alt=" " src="b">' })).toEqual([
      'warning alt-missing',
    ]);
  });

  it('keeps what only some may read out of the subject', () => {
    expect(keysOf({ subject: '会員だけの先行予約は金曜から始まります' })).toEqual([
      'error gated-text',
    ]);
    expect(keysOf({ gatedLines: ['冬'] })).toEqual([]);
    const gatedLines = ['会員だけの先行予約は金曜から', '合言葉は WINTER7 です', '2026年の40点'];
    for (const subject of [
      '先行予約は金曜から！',
      '会員だけの　先行予約',
      'ＷＩＮＴＥＲ７でお得に',
      'winter7',
    ]) {
      expect([subject, keysOf({ gatedLines, subject })]).toEqual([subject, ['error gated-text']]);
      expect(keysOf({ gatedLines, preheader: subject })).toEqual(['error gated-text']);
    }
    for (const subject of ['先行予約のご案内', 'WINTER70の会', '40点が入荷', 'winter sale']) {
      expect([subject, keysOf({ gatedLines, subject })]).toEqual([subject, []]);
    }
    const openLines = ['先行予約は金曜から始まります', 'WINTER7の入力方法'];
    for (const subject of ['先行予約は金曜から', 'WINTER7']) {
      expect([subject, keysOf({ gatedLines, openLines, subject })]).toEqual([subject, []]);
    }
  });

  it('knows the forms of spam', () => {
    expect(keysOf({ subject: '全品半額！！' })).toEqual(['warning spam-marks']);
    expect(keysOf({ subject: 'EVERYTHING MUST GO' })).toEqual(['warning spam-caps']);
    expect(keysOf({ subject: 'Re: ご注文の件' })).toEqual(['warning spam-reply']);
    expect(keysOf({ links: [{ key: 'a', url: 'https://bit.ly/x' }] })).toEqual([
      'warning spam-shortener',
    ]);
    expect(
      keysOf({ text: '冬 https://shop.example.jp/a-very-long-address-that-is-no-word' }),
    ).toEqual(['warning spam-pictures']);
  });
});
