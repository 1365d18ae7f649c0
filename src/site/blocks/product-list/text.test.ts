import { expect, it } from 'vitest';

import type { BlockContext } from '../block';
import { text } from './text';

const record = { slug: 'letters', title: 'Letters', artist: 'Kei Onodera', price: 2200 };
const block = { id: 1, __component: 'blocks.product-list', products: [record] };
const asItIs = (value: unknown) => String(value);
const context = {
  theme: { ink: '#000' } as BlockContext['theme'],
  url: asItIs,
  link: asItIs,
  sizedPicture: asItIs,
  html: asItIs,
};
const said = (locale: BlockContext['locale']) => text(block, { ...context, locale });

it('names a record as its language does', () => {
  expect(said('ja')).toBe('・Kei Onodera『Letters』 ¥2,200\n  /products/letters');
  expect(said('en')).toBe('・Kei Onodera, Letters ¥2,200\n  /en/products/letters');
});
