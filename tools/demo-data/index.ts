import { createAddressBook } from './addresses';
import { createCatalogue, type Product } from './catalogue';
import { drawCustomer, type DemoCustomer } from './customers';
import { drawPurchases, drawTaste, type Purchase } from './purchases';
import { createRandom } from './random';

export type { DemoCustomer } from './customers';
export type { Product } from './catalogue';
export type { Purchase } from './purchases';

/** An order of the demo shop: a purchase with its number and buyer. */
export interface DemoOrder extends Purchase {
  orderNumber: string;
  customerNumber: string;
}

/** Everything that the demo brings in. */
export interface DemoData {
  customers: DemoCustomer[];
  orders: DemoOrder[];
  products: Product[];
}

/** What decides the data: the same options give the same data, byte for byte. */
export interface DemoOptions {
  seed: number;
  /** Nothing is dated after this moment. */
  end: Date;
  customers: number;
}

/** How long the shop has been open. */
const MONTHS_OPEN = 36;

/** Makes the customers of the shop and what they bought; pure in its options. */
export function generateDemoData({ seed, end, customers: count }: DemoOptions): DemoData {
  const random = createRandom(seed);
  const products = createCatalogue();
  const genres = [...new Set(products.map((product) => product.genre))];
  const drawAddress = createAddressBook();
  const start = new Date(end);
  start.setUTCMonth(start.getUTCMonth() - MONTHS_OPEN);

  const customers: DemoCustomer[] = [];
  const purchases: { customerNumber: string; purchase: Purchase }[] = [];
  for (let index = 0; index < count; index += 1) {
    const customer = drawCustomer(random, index, drawAddress, { start, end });
    customers.push(customer);
    const taste = drawTaste(random, genres);
    const isBuyer = random.chance(0.88);
    if (!isBuyer) continue;
    for (const purchase of drawPurchases(random, taste, products, customer.registeredAt, end)) {
      purchases.push({ customerNumber: customer.customerNumber, purchase });
    }
  }
  purchases.sort((a, b) => a.purchase.orderedAt.getTime() - b.purchase.orderedAt.getTime());
  const orders = purchases.map(({ customerNumber, purchase }, index) => ({
    ...purchase,
    customerNumber,
    orderNumber: `ER-${String(index + 1).padStart(6, '0')}`,
  }));
  return { customers, orders, products };
}
