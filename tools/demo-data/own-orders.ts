import { parse } from 'csv-parse/sync';
import { z } from 'zod';

import { inventBuyers } from './buyers';
import type { DemoCustomer } from './customers';

/** What is read of an orders.csv here; the product's import reads and checks the rest. */
const rowSchema = z.object({
  customerNumber: z.string().min(1),
  orderedAt: z.string().transform((text, context) => {
    const at = new Date(text);
    if (Number.isNaN(at.getTime())) context.addIssue({ code: 'custom', message: 'not a date' });
    return at;
  }),
});

/** Made-up people for the customer numbers of an orders.csv. Throws with the line that is wrong. */
export function buyersOfOrdersCsv(text: string, seed: number): DemoCustomer[] {
  const rows: unknown[] = parse(text, { columns: true, bom: true, skip_empty_lines: true });
  const purchases = rows.map((row, index) => {
    const parsed = rowSchema.safeParse(row);
    if (parsed.success) return parsed.data;
    throw new Error(
      `orders file, row ${index + 2}: needs the columns customerNumber and orderedAt (a date)`,
    );
  });
  return inventBuyers(purchases, seed);
}
