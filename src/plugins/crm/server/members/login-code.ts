/**
 * Six digits instead of the link, for a mail read on another device. They are worth something only
 * together with the challenge in the cookie of the browser that asked, and only five times.
 */
import type { Core } from '@strapi/strapi';

import {
  clock,
  database,
  hitRateLimit,
  inTransaction,
  refuse,
  sha256,
  success,
  type RateLimit,
  type Result,
} from '../kernel';
import { codeToken } from './domain/login-code';
import { limitAttempts } from './limits';
import { mayLogIn, memberOfAccount, type LoggedIn } from './login';
import { nextOfToken } from './login-link-data';
import { consumeToken, findToken, voidTokens } from './store/tokens';
import { findAccount } from './store/users';

const tries: RateLimit = { name: 'members.code', limit: 5, windowSeconds: 15 * 60 };

export async function logInByCode(
  strapi: Core.Strapi,
  { challenge, code, ip }: { challenge: string; code: string; ip: string },
): Promise<Result<LoggedIn>> {
  const allowed = await limitAttempts(strapi, 'token', { ip, address: '' });
  if (!allowed.ok) return allowed;
  const tried = await hitRateLimit(strapi, tries, challenge || ip);
  if (!tried.ok) return tried;
  const digits = code.normalize('NFKC').replace(/\D/g, '');
  const row = await findToken(database(strapi), 'code', codeToken(challenge, digits));
  const now = clock(strapi).now().getTime();
  const usable = row !== null && row.usedAt === null && row.expiresAt > now;
  if (!challenge || !usable) return refuse('members.code-wrong', 401);
  const won = await inTransaction(strapi, async ({ trx }) => {
    const used = await consumeToken(trx, row.id, now);
    for (const purpose of ['login', 'code'] as const) {
      if (used) await voidTokens(trx, purpose, row.emailHash, now);
    }
    return used;
  });
  const account = row.userId === null ? null : await findAccount(strapi, row.userId);
  if (!won || !mayLogIn(account) || sha256(account.email) !== row.emailHash) {
    return refuse('members.code-wrong', 401);
  }
  return success({ member: await memberOfAccount(strapi, account), next: nextOfToken(row.data) });
}
