/** What staff sees and does about the login of a customer. */
import type { Core } from '@strapi/strapi';

import type { CustomerAccount } from '../../../shared/members';
import type { Customer } from '../../customers';
import { clock, database, refuse, success, type Result } from '../../kernel';
import { accountOf } from '../accounts';
import { deviceName } from '../domain/device-name';
import { forceOut } from '../sessions';
import { insertMemberEvents } from '../store/events';
import { liveSessionsOf, revokeSessions } from '../store/sessions';
import { setBlocked } from '../store/users';
import { forgetWord, isForgotten } from './forgetting';
import { isWelcomed } from './invitation';

const nowOf = (strapi: Core.Strapi): number => clock(strapi).now().getTime();

export async function customerAccount(
  strapi: Core.Strapi,
  customer: Customer,
): Promise<CustomerAccount> {
  const db = database(strapi);
  const account = await accountOf(strapi, customer.id);
  const sessions = account ? await liveSessionsOf(db, account.userId, nowOf(strapi)) : [];
  return {
    account: account && {
      email: account.email,
      hasPassword: account.hasPassword,
      blocked: account.blocked,
    },
    mayInvite: customer.email !== null && !isForgotten(customer),
    welcomed: await isWelcomed(db, customer.id),
    forgetWord: forgetWord(customer),
    sessions: sessions.map(({ id, userAgent, createdAt, lastSeenAt }) => ({
      id,
      device: deviceName(userAgent),
      createdAt,
      lastSeenAt,
    })),
  };
}

/** One session of this customer, or all of them and every token with them. */
export async function logOut(
  strapi: Core.Strapi,
  customerId: number,
  only: number | null,
): Promise<Result<{ ended: number }>> {
  const account = await accountOf(strapi, customerId);
  if (!account) return refuse('kernel.not-found', 404);
  const now = nowOf(strapi);
  const ended =
    only === null
      ? await forceOut(strapi, account.userId)
      : await revokeSessions(database(strapi), account.userId, now, { only });
  if (ended > 0) {
    await insertMemberEvents(database(strapi), [
      { customerId, type: 'logged-out', at: now, detail: {} },
    ]);
  }
  return success({ ended });
}

/** A blocked login is nobody at the next request, on every node. */
export async function block(
  strapi: Core.Strapi,
  customerId: number,
  blocked: boolean,
): Promise<Result<{ blocked: boolean }>> {
  const account = await accountOf(strapi, customerId);
  if (!account) return refuse('kernel.not-found', 404);
  await setBlocked(strapi, account.userId, blocked);
  if (blocked) await forceOut(strapi, account.userId);
  return success({ blocked });
}
