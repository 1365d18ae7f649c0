import { describe, expect, it } from 'vitest';

import type { BlockContext } from '../block';
import { line } from './line';

const context = { theme: { ink: '#000' } } as BlockContext;
const node = (type: string, text: string) => ({ type, children: [{ type: 'text', text }] });
const list = (format: string, ...items: string[]) => ({
  type: 'list',
  format,
  children: items.map((item) => node('list-item', item)),
});
const words = (...body: object[]) =>
  line({ id: 1, __component: 'blocks.rich-text', body }, context).body?.map(({ text }) => text);

describe('a text on LINE', () => {
  it('keeps headings and lists where they stand', () => {
    expect(
      words(
        node('paragraph', '入荷しました。'),
        node('heading', '今月の三枚'),
        list('unordered', '雨の音', '港の灯り'),
        list('ordered', '聴く', '選ぶ'),
        node('paragraph', 'どうぞ。'),
      ),
    ).toEqual([
      '入荷しました。',
      '今月の三枚',
      '・雨の音\n・港の灯り',
      '1. 聴く\n2. 選ぶ',
      'どうぞ。',
    ]);
  });

  it('ends before the third paragraph, and not with a heading of what is left out', () => {
    const story = [
      node('paragraph', '一'),
      node('paragraph', ''),
      node('paragraph', '二'),
      node('heading', '続き'),
      node('paragraph', '三'),
      list('unordered', '四'),
    ];
    expect(words(...story)).toEqual(['一', '二']);
    expect(words(node('heading', '題だけ'))).toEqual([]);
  });
});
