import { textOf, type BlockContext, type BlockData } from '../block';
import { productsOf, type ListedProduct } from './products';

const called = ({ artist, title }: ListedProduct, locale: BlockContext['locale']): string =>
  locale === 'en' ? `${artist}, ${title}` : `${artist}『${title}』`;

export function text(block: BlockData, context: BlockContext): string {
  const products = productsOf(block, context);
  if (products.length === 0) return '';
  const heading = textOf(block, 'heading');
  const items = products.map(
    (product) =>
      `・${called(product, context.locale)} ${product.price}\n  ${context.link(product.path, product.slug)}`,
  );
  return [heading ? `■ ${heading}` : '', ...items].filter((part) => part !== '').join('\n');
}
