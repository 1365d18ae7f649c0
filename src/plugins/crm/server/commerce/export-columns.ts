/** What people bought, in the customer export. */
import type { Core } from '@strapi/strapi';

import type { CustomerExportColumns } from '../customers';
import { crmConfig, database } from '../kernel';
import { totalsOf } from './store/orders';

const LABELS = {
  ja: { orderCount: '購入回数', orderTotal: '購入金額', lastOrderedAt: '最終購入日' },
  en: { orderCount: 'Orders', orderTotal: 'Spent', lastOrderedAt: 'Last order' },
} as const;

export function orderExportColumns({ strapi }: { strapi: Core.Strapi }): CustomerExportColumns {
  const { timeZone } = crmConfig(strapi);
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  return {
    columns: (reader) => Object.entries(LABELS[reader]).map(([key, label]) => ({ key, label })),
    async of(customerIds) {
      const totals = await totalsOf(database(strapi), customerIds);
      return new Map(
        [...totals].map(([id, { count, spent, lastOrderedAt }]) => [
          id,
          {
            orderCount: String(count),
            orderTotal: String(spent),
            lastOrderedAt: lastOrderedAt === null ? '' : day.format(lastOrderedAt),
          },
        ]),
      );
    },
  };
}
