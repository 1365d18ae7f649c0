/** Events of messages are kept while they may count for somebody's caps; then only their sums. */
import type { Core } from '@strapi/strapi';

import { inTransaction, jobs } from '../kernel';
import { sumUpBefore } from './store';

/** As long as browsers keep a cookie. */
const KEPT_MS = 400 * 86_400_000;
const AT_ONCE = 5_000;

export async function sumUpOldEvents(strapi: Core.Strapi, now: Date): Promise<void> {
  const before = now.getTime() - KEPT_MS;
  for (let taken = AT_ONCE; taken === AT_ONCE && !jobs(strapi).isStopping;) {
    taken = await inTransaction(strapi, ({ trx }) => sumUpBefore(trx, before, AT_ONCE));
  }
}
