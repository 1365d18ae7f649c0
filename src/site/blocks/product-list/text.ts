import { textOf, type BlockContext, type BlockData } from '../block';
import { productsOf } from './products';

export function text(block: BlockData, context: BlockContext): string {
  const products = productsOf(block, context);
  if (products.length === 0) return '';
  const heading = textOf(block, 'heading');
  const items = products.map(
    (product) =>
      `・${product.artist}『${product.title}』 ${product.price}\n  ${context.link(product.path, product.slug)}`,
  );
  return [heading ? `■ ${heading}` : '', ...items].filter((part) => part !== '').join('\n');
}
