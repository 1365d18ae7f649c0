import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { convertCdnow, looksLikeCdnow, parseCdnow } from './cdnow';
import { customersCsv, ordersCsv, productsCsv } from './csv';
import { generateDemoData, type DemoData } from './index';

/*
 * tsx tools/demo-data/write.ts --out DIR --end 2026-04-01 [--seed 42] [--customers 2400]
 *                              [--orders FILE [--keep-dates]]
 *
 * Writes customers.csv, orders.csv and products.csv and prints one JSON object with the counts.
 * --orders takes purchases from a file in the CDNOW format; an orders.csv of the product's own
 * format needs no conversion and is refused here.
 */
const options = z.object({
  out: z.string().min(1),
  end: z.string().regex(/^\d{4}-\d{2}-\d{2}/, 'give --end as yyyy-mm-dd'),
  seed: z.coerce.number().int().default(42),
  customers: z.coerce.number().int().min(1).max(1_000_000).default(2400),
  orders: z.string().optional(),
  'keep-dates': z.boolean().default(false),
});

async function produce(chosen: z.infer<typeof options>): Promise<DemoData> {
  const end = new Date(chosen.end);
  if (!chosen.orders)
    return generateDemoData({ seed: chosen.seed, end, customers: chosen.customers });
  const text = await readFile(chosen.orders, 'utf8');
  if (!looksLikeCdnow(text)) {
    throw new Error(
      `${chosen.orders}: not in the CDNOW format (customer id, yyyymmdd, number of CDs, dollars)`,
    );
  }
  const lastDay = chosen['keep-dates'] ? undefined : chosen.end.slice(0, 10);
  return convertCdnow(parseCdnow(text), { seed: chosen.seed, lastDay });
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      out: text,
      end: text,
      seed: text,
      customers: text,
      orders: text,
      'keep-dates': { type: 'boolean' },
    },
  });
  const chosen = options.parse(values);
  const data = await produce(chosen);
  await mkdir(chosen.out, { recursive: true });
  const files = {
    'customers.csv': customersCsv(data.customers),
    'orders.csv': ordersCsv(data.orders),
    'products.csv': productsCsv(data.products),
  };
  await Promise.all(
    Object.entries(files).map(([name, body]) => writeFile(path.join(chosen.out, name), body)),
  );
  const counts = {
    customers: data.customers.length,
    orders: data.orders.length,
    products: data.products.length,
  };
  process.stdout.write(`${JSON.stringify(counts)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
