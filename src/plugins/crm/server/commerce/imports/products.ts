/** The recipe of the product import. */
import type { Core } from '@strapi/strapi';

import { productColumns } from '../../../shared/import-columns';
import { categoryPath, levelsOf, type Product, type ProductStatus } from '../../../shared/products';
import type {
  BatchResult,
  ImportChange,
  ImportRecipe,
  ImportRow,
  UndoneBatch,
} from '../../customers';
import { crmConfig, type UnitOfWork } from '../../kernel';
import { sameProduct } from '../domain/products';
import type { CellReader } from '../domain/read-cells';
import { commerceService } from '../index';
import { settleCategories } from '../record-products';
import { deleteProducts, findProducts, upsertProducts } from '../store/products';
import { batchOf, readRows } from './row-by-row';

const STATUSES: readonly (readonly [RegExp, ProductStatus])[] = [
  [/^(?:active|published|on sale|販売中|公開|公開中|有効)$/i, 'active'],
  [/^(?:archived|draft|inactive|discontinued|販売終了|終売|非公開|無効)$/i, 'archived'],
];

function readProduct(reader: CellReader): Product {
  const code = reader.needed('productCode');
  const levels = levelsOf(reader.text('category') ?? '').slice(0, 10);
  reader.currency();
  return {
    code,
    title: reader.text('productTitle') ?? code,
    category: categoryPath(levels) || null,
    price: reader.yen('price'),
    url: reader.webAddress('url'),
    imageUrl: reader.webAddress('imageUrl'),
    status: reader.word('status', STATUSES, 'active', 'invalid-status'),
    toldAt: reader.moment('updatedAt'),
  };
}

async function writeBatch(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  rows: readonly ImportRow[],
  onlyNew: boolean,
): Promise<BatchResult> {
  const { good, refused } = readRows(rows, crmConfig(strapi).timeZone, readProduct);
  const products = good.map(({ value }) => value);
  const codes = products.map(({ code }) => code);
  const known = onlyNew ? await findProducts(unit.trx, 'code', codes) : [];
  const knownCodes = new Set(known.map(({ code }) => code));
  const recorded = await commerceService(strapi).recordProducts(
    unit,
    products.filter(({ code }) => !knownCodes.has(code)),
  );
  return batchOf(good.length, recorded, refused);
}

const productOf = (values: ImportChange['before']): Product => values as unknown as Product;

/** Products are told by nobody else as long as they are as the import left them. */
async function undo(unit: UnitOfWork, changes: readonly ImportChange[]): Promise<UndoneBatch> {
  const ids = [...new Set(changes.map(({ subjectId }) => subjectId))];
  const found = await findProducts(unit.trx, 'id', ids);
  const now = new Map<number, Product>(found.map((product) => [product.id, product]));
  const started = new Map(found.map((product) => [product.code, product]));
  const back = new Map<string, Product>();
  const gone = new Set<string>();
  let kept = 0;
  for (const { subjectId, created, before, after } of changes) {
    const current = now.get(subjectId);
    if (!current || !sameProduct(current, productOf(after))) {
      kept += 1;
    } else if (created) {
      gone.add(current.code);
      back.delete(current.code);
    } else {
      now.set(subjectId, productOf(before));
      back.set(current.code, productOf(before));
    }
  }
  const restored = [...back.values()];
  await settleCategories(unit, restored, started);
  await upsertProducts(unit.trx, restored, 'all');
  const removed = [...gone]
    .map((code) => started.get(code))
    .filter((product) => product !== undefined);
  await settleCategories(
    unit,
    removed.map((product) => ({ ...product, category: null })),
    started,
  );
  await deleteProducts(unit.trx, [...gone]);
  return { undone: changes.length - kept, kept };
}

export function productRecipe({ strapi }: { strapi: Core.Strapi }): ImportRecipe {
  return {
    kind: 'products',
    columns: productColumns,
    needs: [['productCode']],
    tables: ['crm_products', 'crm_product_categories'],
    begin: ({ policy }) => ({
      write: (unit, rows) => writeBatch(strapi, unit, rows, policy !== 'update'),
    }),
    undo: (unit, _, changes) => undo(unit, changes),
  };
}
