import type { SeedProduct } from '../types';
import { cityProducts } from './city';
import { jazzProducts } from './jazz';
import { loudProducts } from './loud';
import { quietProducts } from './quiet';

/** The catalogue of the demo shop. All names are made up. */
export const seedProducts: readonly SeedProduct[] = [
  ...cityProducts,
  ...jazzProducts,
  ...quietProducts,
  ...loudProducts,
];
