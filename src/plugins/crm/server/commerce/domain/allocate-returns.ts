/** Which lines of an order came back. Pure. */
import type { OrderLine } from '../../../shared/commerce';

/** A line that came back, named by the shop's id of it, or by its product. */
export interface Returned {
  readonly lineId: string | null;
  readonly productCode: string | null;
  readonly quantity: number;
  readonly amount: number;
}

export interface Allocation {
  readonly lines: readonly OrderLine[];
  /** Returns of lines that the order does not have. */
  readonly unknown: number;
  /** Pieces more than were bought. */
  readonly tooMany: number;
}

/** By the line's id; where the shop has told the order anew without ids, by the product. */
function placesOf(lines: readonly OrderLine[], { lineId, productCode }: Returned): number[] {
  const where = (fits: (line: OrderLine) => boolean) =>
    lines.flatMap((line, index) => (fits(line) ? [index] : []));
  const byId = lineId === null ? [] : where((line) => line.lineId === lineId);
  return byId.length > 0 ? byId : where((line) => line.productCode === productCode);
}

function withReturned(
  { productCode, title, quantity, unitPrice, lineId }: OrderLine,
  returnedQuantity: number,
  returnedAmount: number,
): OrderLine {
  return {
    productCode,
    title,
    quantity,
    unitPrice,
    ...(lineId === undefined ? {} : { lineId }),
    ...(returnedQuantity > 0 ? { returnedQuantity } : {}),
    ...(returnedAmount > 0 ? { returnedAmount } : {}),
  };
}

/** As `lines`, with what came back of each; a product that stands in several lines fills them in turn. */
export function allocateReturns(
  lines: readonly OrderLine[],
  returns: readonly Returned[],
): Allocation {
  const quantities = lines.map(() => 0);
  const amounts = lines.map(() => 0);
  let unknown = 0;
  let tooMany = 0;
  for (const back of returns) {
    const places = placesOf(lines, back);
    if (places.length === 0) unknown += 1;
    let left = back.quantity;
    let paidTo: number | undefined = places[0];
    for (const index of places) {
      const taken = Math.min(left, (lines[index]?.quantity ?? 0) - (quantities[index] ?? 0));
      if (taken <= 0) continue;
      quantities[index] = (quantities[index] ?? 0) + taken;
      left -= taken;
      paidTo = index;
    }
    if (paidTo !== undefined) amounts[paidTo] = (amounts[paidTo] ?? 0) + back.amount;
    if (places.length > 0) tooMany += left;
  }
  const returned = lines.map((line, index) =>
    withReturned(line, quantities[index] ?? 0, amounts[index] ?? 0),
  );
  return { lines: returned, unknown, tooMany };
}
