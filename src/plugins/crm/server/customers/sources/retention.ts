/** How long it is remembered what a value was before. Where today's values come from stays. */
import type { Schedule } from '../../kernel';
import { inTransaction, jobs } from '../../kernel';
import { deleteHistoryBefore } from '../store/origins';

/** Two years. */
const KEPT_MS = 730 * 86_400_000;
/** Rows of one transaction: on SQLite no page is answered meanwhile. */
const CHUNK = 1000;

export const sourceSchedules: readonly Schedule[] = [
  {
    name: 'customers.forget-history',
    cron: '0 55 3 * * *',
    async run({ strapi }, now) {
      const before = now.getTime() - KEPT_MS;
      while (!jobs(strapi).isStopping) {
        const gone = await inTransaction(strapi, ({ trx }) =>
          deleteHistoryBefore(trx, before, CHUNK),
        );
        if (gone === 0) return;
        await new Promise(setImmediate);
      }
    },
  },
];
