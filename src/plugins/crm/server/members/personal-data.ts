import type { Core } from '@strapi/strapi';

import { clock, database, sha256, type PersonalData } from '../kernel';
import { accountOf } from './accounts';
import { plansService } from './index';
import { balanceOf } from './points/store';
import { endHoldings } from './plans/store';
import { forgetDetails, memberEventsBefore } from './store/events';
import { deleteSessionsOf, liveSessionsOf } from './store/sessions';
import { deleteTokensOf } from './store/tokens';
import { deleteAccount, findAccount, loginsOf } from './store/users';

const MOST = 10_000;

async function sessionsCopy(strapi: Core.Strapi, userId: number): Promise<object[]> {
  const now = clock(strapi).now().getTime();
  const sessions = await liveSessionsOf(database(strapi), userId, now);
  return sessions.map(({ createdAt, lastSeenAt, userAgent }) => ({
    createdAt,
    lastSeenAt,
    userAgent,
  }));
}

export const membershipData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'membership',
  async copy(customerId) {
    const account = await accountOf(strapi, customerId);
    const all = { customerId, before: Number.MAX_SAFE_INTEGER, limit: MOST };
    const history = await memberEventsBefore(database(strapi), all);
    return {
      email: account?.email ?? null,
      points: await balanceOf(database(strapi), customerId),
      plans: await plansService(strapi).ofCustomer(customerId, 'ja'),
      sessions: account ? await sessionsCopy(strapi, account.userId) : [],
      history: history.map(({ type, at, detail }) => ({ type, at, detail })),
    };
  },
  /** The login dies with its row: no session, link or token finds it at the next request. */
  async erase(unit, customerId) {
    const { trx } = unit;
    const now = clock(strapi).now().getTime();
    for (const userId of await loginsOf(trx, customerId)) {
      const account = await findAccount(strapi, userId);
      if (account?.email) await deleteTokensOf(trx, sha256(account.email));
      await deleteSessionsOf(trx, userId);
      await deleteAccount(strapi, userId);
    }
    await endHoldings(trx, customerId, now);
    await forgetDetails(trx, customerId);
  },
});
