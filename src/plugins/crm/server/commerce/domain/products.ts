import { categoryPath, levelsOf, type Product } from '../../../shared/products';

/** `音楽 > ジャズ` lies in `音楽` and in `音楽 > ジャズ`. */
export function categoriesAbove(category: string | null): string[] {
  if (category === null) return [];
  const levels = levelsOf(category);
  return levels.map((_, index) => categoryPath(levels.slice(0, index + 1)));
}

/** Whether a product told again says anything new. */
export const sameProduct = (a: Product, b: Product): boolean => fingerprint(a) === fingerprint(b);

function fingerprint({ title, category, price, url, imageUrl, status }: Product): string {
  return JSON.stringify([title, category, price, url, imageUrl, status]);
}
