import { DAY, atShoppingHour } from './calendar';
import type { Product } from './catalogue';
import type { Random } from './random';

export interface OrderLine {
  product: Product;
  quantity: number;
}

export interface Purchase {
  orderedAt: Date;
  status: 'paid' | 'cancelled' | 'refunded';
  lines: OrderLine[];
}

/** How one person buys; drawn once and kept for life. */
export interface Taste {
  /** Orders per year while alive as a customer. */
  yearlyRate: number;
  /** Chance to leave for good after an order. */
  dropout: number;
  /** Mean number of records in an order. */
  basket: number;
  favouriteGenres: string[];
}

/** Sales by month, January first: quiet February and August, gifts in December. */
const SEASON = [0.9, 0.75, 0.95, 1.25, 0.95, 0.85, 1.0, 0.75, 0.9, 1.05, 1.15, 1.5];
const SEASON_PEAK = Math.max(...SEASON);

/**
 * The BG/NBD picture of a customer base (Fader, Hardie and Lee 2005): rates spread as a gamma,
 * chances to leave spread as a beta. Most people buy once or twice, a few buy all the time.
 */
export function drawTaste(random: Random, genres: readonly string[]): Taste {
  return {
    yearlyRate: random.gamma(0.7, 0.145),
    dropout: random.beta(0.7, 4.3),
    basket: 1 + random.gamma(0.8, 0.75),
    favouriteGenres: [random.pick(genres), random.pick(genres)],
  };
}

/** A popular few carry a shop: the record at rank r sells like 1/r. */
function popularity(product: Product, rank: number, taste: Taste): number {
  return (taste.favouriteGenres.includes(product.genre) ? 9 : 1) / (rank + 3);
}

function drawLines(random: Random, taste: Taste, shelf: readonly Product[]): OrderLine[] {
  const ranked = shelf.map((product, rank) => ({
    product,
    weight: popularity(product, rank, taste),
  }));
  const wanted = Math.min(
    12,
    1 + Math.floor(random.exponential(1 / Math.max(0.05, taste.basket - 1))),
  );
  const lines = new Map<string, OrderLine>();
  for (let taken = 0; taken < wanted; taken += 1) {
    const { product } = random.weighted(ranked, (entry) => entry.weight);
    const line = lines.get(product.code);
    if (line) line.quantity += 1;
    else lines.set(product.code, { product, quantity: 1 });
  }
  return [...lines.values()];
}

function drawStatus(random: Random): Purchase['status'] {
  const draw = random.next();
  if (draw < 0.018) return 'cancelled';
  return draw < 0.027 ? 'refunded' : 'paid';
}

/** Everything one person ordered from joining until `end`, oldest first. */
export function drawPurchases(
  random: Random,
  taste: Taste,
  shelf: readonly Product[],
  joinedAt: Date,
  end: Date,
): Purchase[] {
  const purchases: Purchase[] = [];
  let day = new Date(joinedAt);
  while (day.getTime() < end.getTime()) {
    const isFirst = purchases.length === 0;
    const season = SEASON[day.getUTCMonth()] ?? 1;
    if (isFirst || random.chance(season / SEASON_PEAK)) {
      const orderedAt = isFirst ? new Date(joinedAt) : atShoppingHour(random, day);
      if (orderedAt.getTime() >= end.getTime()) break;
      purchases.push({
        orderedAt,
        status: drawStatus(random),
        lines: drawLines(random, taste, shelf),
      });
      if (random.chance(taste.dropout)) break;
    }
    day = new Date(day.getTime() + (1 + random.exponential(taste.yearlyRate / 365)) * DAY);
  }
  return purchases;
}
