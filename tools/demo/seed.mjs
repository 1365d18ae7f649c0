// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { runCommand } from '../setup/commands.mjs';
import { DATA, LOGS } from './paths.mjs';
import { StopError } from '../setup/stop-error.mjs';

const FOLDER = path.join(DATA, 'csv');

const FILES = [
  {
    title: 'Import customers / 顧客の取り込み',
    name: 'customers.csv',
    route: '/crm/customers/import',
  },
  { title: 'Import orders / 注文の取り込み', name: 'orders.csv', route: '/crm/orders/import' },
  {
    title: 'Import products / 商品の取り込み',
    name: 'products.csv',
    route: '/crm/products/import',
  },
];

const count = new Intl.NumberFormat('ja-JP');

/**
 * Writes the CSV files of the business, as a shop's own export would.
 *
 * @param {import('../setup/progress.mjs').Progress} progress
 * @param {string | undefined} orders
 */
export async function makeData(progress, orders) {
  const title = orders
    ? `Purchases from ${path.basename(orders)}`
    : 'Made-up customers / 架空の顧客データ';
  await progress.step(title, async (step) => {
    const end = new Date().toISOString();
    const source = orders ? ['--orders', path.resolve(orders)] : [];
    const args = [
      '--import',
      'tsx',
      'tools/demo-data/write.ts',
      '--out',
      FOLDER,
      '--end',
      end,
      ...source,
    ];
    const written = JSON.parse(
      await runCommand(path.join(LOGS, 'demo-data.log'), process.execPath, args),
    );
    step.detail(
      `${count.format(written.customers)} customers, ${count.format(written.orderLines)} order lines`,
    );
  });
}

/**
 * Brings the files in through the import that a shop uses; a row that it refuses stops the demo.
 *
 * @param {import('../setup/progress.mjs').Progress} progress
 * @param {import('./admin-client.mjs').AdminClient} admin
 */
export async function importData(progress, admin) {
  for (const { title, name, route } of FILES) {
    await progress.step(title, async (step) => {
      const result = await admin.importCsv(route, readFileSync(path.join(FOLDER, name)));
      step.detail(`${count.format(result.created)} created`);
      const [first] = result.errors;
      if (result.failed > 0) {
        throw new StopError(
          `${name}: ${result.failed} rows were refused, the first at line ${first?.line}: ${first?.message}`,
        );
      }
    });
  }
}
