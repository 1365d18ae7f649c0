import { formatYen } from '../../format';
import { inLocale, type BlockContext, type BlockData } from '../block';

export interface ListedProduct {
  readonly slug: string;
  readonly title: string;
  readonly artist: string;
  readonly artwork: string;
  readonly price: string;
  readonly stock: number;
  readonly format: string;
  readonly path: string;
}

/** The products of a block that the gate has left in it. */
export function productsOf(block: BlockData, context: BlockContext): readonly ListedProduct[] {
  const related = Array.isArray(block.products)
    ? (block.products as Record<string, unknown>[])
    : [];
  return related.map((product) => ({
    slug: String(product.slug),
    title: String(product.title),
    artist: String(product.artist),
    artwork: String(product.artwork ?? product.slug),
    price: formatYen(Number(product.price)),
    stock: Number(product.stock ?? 0),
    format: String(product.format ?? ''),
    path: inLocale(context, `/products/${String(product.slug)}`),
  }));
}
