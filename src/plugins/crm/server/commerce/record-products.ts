/** Products as shops tell them, by their code. */
import type { Product } from '../../shared/products';
import type { UnitOfWork } from '../kernel';
import { categoriesAbove, sameProduct } from './domain/products';
import { lastOfEach, outcomesOf, sortTold } from './domain/told';
import { productsChanged, type RecordedProducts } from './index';
import { findProducts, replaceCategories, upsertProducts } from './store/products';

const codesOf = (products: readonly Product[]): string[] => products.map(({ code }) => code);

const KIND = { keyOf: ({ code }: Product) => code, isSame: sameProduct };

/** Whoever asks about categories is told, where a product has moved to another. */
export async function settleCategories(
  unit: UnitOfWork,
  products: readonly Product[],
  before: ReadonlyMap<string, Product>,
): Promise<void> {
  const moved = products.filter(
    ({ code, category }) => category !== (before.get(code)?.category ?? null),
  );
  if (moved.length === 0) return;
  await replaceCategories(
    unit.trx,
    moved.map(({ code, category }) => ({ code, categories: categoriesAbove(category) })),
  );
  await unit.publish(productsChanged, { codes: codesOf(moved) });
}

export async function recordProducts(
  unit: UnitOfWork,
  given: readonly Product[],
): Promise<RecordedProducts> {
  const told = lastOfEach(given, KIND.keyOf);
  const found = await findProducts(unit.trx, 'code', codesOf(told));
  const known = new Map<string, Product>(found.map((product) => [product.code, product]));
  const sorted = sortTold(told, known, KIND);
  const ids = await upsertProducts(unit.trx, [...sorted.changed, ...sorted.touched]);
  const written = sorted.changed.filter(({ code }) => ids.has(code));
  await settleCategories(unit, written, known);
  return {
    ...outcomesOf(sorted, ids, known, KIND.keyOf),
    written: written.map((after) => ({
      before: known.get(after.code) ?? null,
      after: { ...after, id: ids.get(after.code) ?? 0 },
    })),
  };
}
