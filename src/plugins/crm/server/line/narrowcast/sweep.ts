import type { Core } from '@strapi/strapi';

import { database, type Schedule } from '../../kernel';
import { lineAccount, lineClient } from '../client';
import { changeNarrowcast, claimNarrowcasts, type StoredNarrowcast } from '../store';
import { LEASE_MS, nowOf, steps } from './step';

/** An account that is not configured any more may be again. */
const NO_ACCOUNT_MS = 300_000;

async function goOn(strapi: Core.Strapi, claimed: StoredNarrowcast): Promise<void> {
  const account = lineAccount(strapi, claimed.account);
  for (let one = claimed; one.state !== 'over';) {
    const now = nowOf(strapi);
    const { change: done, waitMs } = account
      ? await steps[one.state]({ strapi, client: lineClient(strapi, account), now }, one)
      : { change: {}, waitMs: NO_ACCOUNT_MS };
    const hasMoved = done.state !== undefined && done.state !== one.state;
    const change = hasMoved ? { ...done, movedAt: now } : done;
    one = { ...one, ...change };
    const isResting = waitMs > 0 || one.state === 'over';
    const next = { dueAt: now + waitMs, leaseUntil: isResting ? 0 : now + LEASE_MS };
    await changeNarrowcast(database(strapi), one.id, change, next);
    if (waitMs > 0) return;
  }
}

/** Everything that is due goes as far as it gets; a fault of one holds none of the others. */
export async function stepNarrowcasts(strapi: Core.Strapi): Promise<void> {
  const claimed = await claimNarrowcasts(database(strapi), nowOf(strapi), LEASE_MS);
  for (const one of claimed) {
    try {
      await goOn(strapi, one);
    } catch (error) {
      strapi.log.error(`crm: narrowcast ${one.id}: ${String(error)}`);
    }
  }
}

export const narrowcastSweep: Schedule = {
  name: 'line.narrowcasts',
  cron: '*/5 * * * * *',
  run: ({ strapi }) => stepNarrowcasts(strapi),
};
