import { inventBuyers } from './buyers';
import type { Product } from './catalogue';
import type { DemoData, DemoOrder } from './index';

/** Yen per US dollar used for every purchase of the panel, whatever its date. */
export const YEN_PER_DOLLAR = 120;

/** One purchase as the panel tells it. */
export interface CdnowPurchase {
  customerId: string;
  /** The day of the purchase, yyyy-mm-dd. */
  day: string;
  quantity: number;
  cents: number;
}

const MASTER_LINE = /^\s*(\d+)\s+(\d{4})(\d{2})(\d{2})\s+(\d+)\s+(\d+)\.(\d{2})\s*$/;
const SAMPLE_LINE = /^\s*(\d+)\s+\d+\s+(\d{4})(\d{2})(\d{2})\s+(\d+)\s+(\d+)\.(\d{2})\s*$/;

/** Whether a text looks like the master file or the sample file of the panel. */
export function looksLikeCdnow(text: string): boolean {
  return text.split(/\r?\n/, 3).some((line) => MASTER_LINE.test(line) || SAMPLE_LINE.test(line));
}

function parseLine(line: string): CdnowPurchase | undefined {
  const columns = (MASTER_LINE.exec(line) ?? SAMPLE_LINE.exec(line))?.slice(1);
  if (!columns) return undefined;
  const [customerId = '', year, month, day, quantity, dollars, cents] = columns;
  return {
    customerId,
    day: `${year}-${month}-${day}`,
    quantity: Number(quantity),
    cents: Number(dollars) * 100 + Number(cents),
  };
}

/**
 * Reads both files of the panel: master (id, date, quantity, dollars) and sample (id, id within the
 * sample, date, quantity, dollars). A heading is passed over; any other line it cannot read throws
 * with its number, so that no purchase gets lost silently.
 */
export function parseCdnow(text: string): CdnowPurchase[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const isHeading = index === 0 && /[a-z_]/i.test(line);
    if (line.trim() === '' || isHeading) return [];
    const purchase = parseLine(line);
    if (!purchase) {
      throw new Error(`CDNOW file, line ${index + 1}: cannot read "${line.slice(0, 60)}"`);
    }
    return [purchase];
  });
}

/** Whole yen, rounded half up. */
export function centsToYen(cents: number): number {
  return Math.round((cents * YEN_PER_DOLLAR) / 100);
}

/** What decides the conversion. */
export interface CdnowOptions {
  seed: number;
  /** The day that the panel's last purchase moves to; without it dates stay in 1997 and 1998. */
  lastDay?: string;
}

function dayShift(purchases: readonly CdnowPurchase[], lastDay: string | undefined): number {
  if (!lastDay) return 0;
  const last = purchases.reduce(
    (latest, purchase) => (purchase.day > latest ? purchase.day : latest),
    '',
  );
  return Date.parse(lastDay) - Date.parse(last);
}

/** The panel names no records: an order is one line whose price is the whole sum. */
function toProduct(yen: number): Product {
  const blank = { artist: 'CDNOW', label: '', genre: '', format: 'CD', year: 1997 } as const;
  return { ...blank, code: 'CDNOW-CD', title: 'CD', price: yen };
}

/**
 * The panel as customers and orders of the demo shop: purchases are real, names and addresses are
 * made up. An order's only line has quantity 1 and the whole sum, because dollars rarely divide by
 * the number of CDs; the number of CDs stands in the title.
 */
export function convertCdnow(purchases: readonly CdnowPurchase[], options: CdnowOptions): DemoData {
  const shift = dayShift(purchases, options.lastDay);
  const noon = (day: string) => new Date(Date.parse(`${day}T12:00:00+09:00`) + shift);
  const orders = purchases.map((purchase, index): DemoOrder => {
    const product = toProduct(centsToYen(purchase.cents));
    return {
      orderNumber: `CD-${String(index + 1).padStart(6, '0')}`,
      customerNumber: `C${purchase.customerId}`,
      orderedAt: noon(purchase.day),
      status: 'paid',
      lines: [{ product: { ...product, title: `CD × ${purchase.quantity}` }, quantity: 1 }],
    };
  });
  return { customers: inventBuyers(orders, options.seed), orders, products: [] };
}
