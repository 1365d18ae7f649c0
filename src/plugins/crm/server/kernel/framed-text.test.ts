import { expect, it } from 'vitest';

import { joinFramed } from './framed-text';

it('puts a fill into each of its places, and nothing where there is none', () => {
  const frame = ['<p>', 0, '様</p><a href="', 1, '">', 0, '様の頁</a>', 2];
  expect(joinFramed({ frame, fills: ['佐藤', 'https://shop.example.jp/?a=1$&'] })).toBe(
    '<p>佐藤様</p><a href="https://shop.example.jp/?a=1$&">佐藤様の頁</a>',
  );
});
