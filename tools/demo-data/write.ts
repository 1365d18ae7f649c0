import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { convertCdnow, looksLikeCdnow, parseCdnow } from './cdnow';
import { customersCsv, ordersCsv, productsCsv } from './csv';
import { buyersOfOrdersCsv } from './own-orders';
import { generateDemoData, type DemoData } from './index';

/*
 * tsx tools/demo-data/write.ts --out DIR --end 2026-04-01 [--seed 42] [--customers 2400]
 *                              [--orders FILE [--keep-dates]]
 *
 * Writes customers.csv, orders.csv and products.csv and prints one JSON object with the counts.
 * --orders takes purchases from a file, in the CDNOW format or an orders.csv of the product's own
 * import, and makes up the people who bought.
 */
const options = z.object({
  out: z.string().min(1),
  end: z.string().regex(/^\d{4}-\d{2}-\d{2}/, 'give --end as yyyy-mm-dd'),
  seed: z.coerce.number().int().default(42),
  customers: z.coerce.number().int().min(1).max(1_000_000).default(2400),
  orders: z.string().optional(),
  'keep-dates': z.boolean().default(false),
});

interface Files {
  customers: string;
  orders: string;
  products: string;
}

function toFiles({ customers, orders, products }: DemoData): Files {
  return {
    customers: customersCsv(customers),
    orders: ordersCsv(orders),
    products: productsCsv(products),
  };
}

async function produce({ end, seed, ...chosen }: z.infer<typeof options>): Promise<Files> {
  if (!chosen.orders) {
    return toFiles(generateDemoData({ seed, end: new Date(end), customers: chosen.customers }));
  }
  const text = await readFile(chosen.orders, 'utf8');
  if (looksLikeCdnow(text)) {
    const lastDay = chosen['keep-dates'] ? undefined : end.slice(0, 10);
    return toFiles(convertCdnow(parseCdnow(text), { seed, lastDay }));
  }
  const customers = customersCsv(buyersOfOrdersCsv(text, seed));
  return { customers, orders: text, products: productsCsv([]) };
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
  const files = await produce(chosen);
  await mkdir(chosen.out, { recursive: true });
  for (const [name, body] of Object.entries(files)) {
    await writeFile(path.join(chosen.out, `${name}.csv`), body);
  }
  const rows = (body: string) => body.trimEnd().split('\n').length - 1;
  const counts = { customers: rows(files.customers), orderLines: rows(files.orders) };
  process.stdout.write(`${JSON.stringify(counts)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
