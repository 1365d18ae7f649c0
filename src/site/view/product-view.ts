import type { Entry } from '../crm';
import { formatOf } from '../format';

export interface ProductView {
  readonly slug: string;
  readonly path: string;
  readonly title: string;
  readonly artist: string;
  readonly artwork: string;
  readonly code: string;
  readonly format: string;
  readonly price: number;
  readonly stock: number;
  readonly genre: string;
  readonly label: string;
  readonly releaseYear?: number;
  readonly description: string;
  readonly tracks: readonly { readonly title: string; readonly length?: string }[];
}

const words = (value: unknown): string => (typeof value === 'string' ? value : '');

export const productView = (entry: Entry, prefix: string): ProductView => ({
  slug: words(entry.slug),
  path: `${prefix}/products/${words(entry.slug)}`,
  title: words(entry.title),
  artist: words(entry.artist),
  artwork: words(entry.artwork) || words(entry.slug),
  code: words(entry.code),
  format: formatOf(entry.format),
  price: Number(entry.price),
  stock: Number(entry.stock ?? 0),
  genre: words(entry.genre),
  label: words(entry.label),
  releaseYear: entry.releaseYear ? Number(entry.releaseYear) : undefined,
  description: words(entry.description),
  tracks: Array.isArray(entry.tracks) ? (entry.tracks as ProductView['tracks']) : [],
});
