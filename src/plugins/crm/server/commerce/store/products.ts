import type { Product, ProductStatus } from '../../../shared/products';
import { insertBulk, whereAmong, type Database } from '../../kernel';

interface ProductRow {
  code: string;
  title: string;
  category: string | null;
  price: number | string | null;
  url: string | null;
  image_url: string | null;
  status: ProductStatus;
  told_at: number | string | null;
}

const figure = (value: number | string | null): number | null =>
  value === null ? null : Number(value);

const productOfRow = (row: ProductRow): Product => ({
  code: row.code,
  title: row.title,
  category: row.category,
  price: figure(row.price),
  url: row.url,
  imageUrl: row.image_url,
  status: row.status,
  toldAt: figure(row.told_at),
});

export interface StoredProduct extends Product {
  readonly id: number;
}

export async function findProducts(
  db: Database,
  by: 'code' | 'id',
  values: readonly (string | number)[],
): Promise<StoredProduct[]> {
  if (values.length === 0) return [];
  const rows: (ProductRow & { id: number })[] = await whereAmong(
    db,
    db('crm_products'),
    by,
    values,
  );
  return rows.map((row) => ({ ...productOfRow(row), id: Number(row.id) }));
}

const COLUMNS = ['title', 'category', 'price', 'url', 'image_url', 'status', 'told_at'] as const;

const NOT_OLDER =
  'excluded.told_at is null or crm_products.told_at is null or excluded.told_at >= crm_products.told_at';

/** Answers the ids by code of what was written. `newer`: what is known and newer stays. */
export async function upsertProducts(
  db: Database,
  products: readonly Product[],
  which: 'newer' | 'all' = 'newer',
): Promise<Map<string, number>> {
  const rows = await insertBulk(db, {
    table: 'crm_products',
    columns: ['code', ...COLUMNS],
    rows: products.map((product) => ({
      code: product.code,
      title: product.title,
      category: product.category,
      price: product.price,
      url: product.url,
      image_url: product.imageUrl,
      status: product.status,
      told_at: product.toldAt,
    })),
    conflict: {
      columns: ['code'],
      merge: COLUMNS,
      ...(which === 'newer' ? { where: NOT_OLDER } : {}),
    },
    returning: ['id', 'code'],
  });
  return new Map(rows.map((row) => [String(row.code), Number(row.id)]));
}

/** The categories of these products are those given and no others. */
export async function replaceCategories(
  db: Database,
  products: readonly { readonly code: string; readonly categories: readonly string[] }[],
): Promise<void> {
  if (products.length === 0) return;
  const codes = products.map(({ code }) => code);
  await whereAmong(db, db('crm_product_categories'), 'product_code', codes).delete();
  await insertBulk(db, {
    table: 'crm_product_categories',
    columns: ['category', 'product_code'],
    rows: products.flatMap(({ code, categories }) =>
      categories.map((category) => ({ category, product_code: code })),
    ),
    conflict: { columns: ['category', 'product_code'], merge: 'ignore' },
  });
}

export async function deleteProducts(db: Database, codes: readonly string[]): Promise<void> {
  if (codes.length === 0) return;
  await whereAmong(db, db('crm_product_categories'), 'product_code', codes).delete();
  await whereAmong(db, db('crm_products'), 'code', codes).delete();
}
