/** How long it is remembered who was in a segment once. Members are not touched. */
import type { Core } from '@strapi/strapi';

import { inTransaction, jobs } from '../kernel';
import { deleteStaysBefore } from './store/history';

/** Two years, counted from the day on which somebody left. */
const KEPT_MS = 730 * 86_400_000;
/** Rows of one transaction: on SQLite no page is answered meanwhile. */
const CHUNK = 1000;

export async function forgetOldStays(strapi: Core.Strapi, now: Date): Promise<void> {
  const before = now.getTime() - KEPT_MS;
  while (!jobs(strapi).isStopping) {
    const gone = await inTransaction(strapi, ({ trx }) => deleteStaysBefore(trx, before, CHUNK));
    if (gone === 0) return;
    await new Promise(setImmediate);
  }
}
