import { describe, expect, it } from 'vitest';

import { richTextToHtml, richTextToText } from './rich-text';

const plain = { link: (address: string) => address, url: (address: string) => address };
const text = (words: string, more: object = {}) => ({ type: 'text', text: words, ...more });

describe('rich text', () => {
  it('draws every kind of node', () => {
    const html = richTextToHtml(
      [
        { type: 'heading', level: 2, children: [text('見出し')] },
        { type: 'paragraph', children: [text('太字', { bold: true }), text('\n次の行')] },
        {
          type: 'list',
          format: 'ordered',
          children: [{ type: 'list-item', children: [text('一')] }],
        },
        { type: 'quote', children: [text('引用')] },
        { type: 'paragraph', children: [{ type: 'link', url: '/a', children: [text('先')] }] },
      ],
      plain,
    );
    expect(html).toBe(
      [
        '<h2>見出し</h2>',
        '<p><strong>太字</strong><br>次の行</p>',
        '<ol><li>一</li></ol>',
        '<blockquote>引用</blockquote>',
        '<p><a href="/a">先</a></p>',
      ].join('\n'),
    );
  });

  it('escapes text and addresses', () => {
    const html = richTextToHtml(
      [
        {
          type: 'paragraph',
          children: [
            text('<script>alert(1)</script>'),
            { type: 'link', url: '"><img src=x>', children: [text('&')] },
          ],
        },
      ],
      plain,
    );
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    expect(html).toContain('&amp;');
  });

  it.each([[null], [undefined], ['text'], [[null]], [[{ type: 'unknown' }]], [[{ children: 3 }]]])(
    'survives what is no rich text: %j',
    (value) => {
      expect(() => richTextToHtml(value, plain)).not.toThrow();
      expect(() => richTextToText(value, (address) => address)).not.toThrow();
    },
  );

  it('reads as plain text', () => {
    const value = [
      { type: 'heading', level: 2, children: [text('見出し')] },
      { type: 'list', children: [{ type: 'list-item', children: [text('一')] }] },
      { type: 'paragraph', children: [{ type: 'link', url: '/a', children: [text('先')] }] },
    ];
    expect(richTextToText(value, (address) => `https://x${address}`)).toBe(
      '■ 見出し\n\n・一\n\n先 ( https://x/a )',
    );
  });
});
