/** Logging in by password or by a mailed link. Answers never tell whether an address is known. */
import type { Core } from '@strapi/strapi';

import { normalizeEmail } from '../customers';
import {
  clock,
  database,
  inTransaction,
  randomToken,
  refuse,
  sha256,
  success,
  type Result,
} from '../kernel';
import { customerOfAccount } from './accounts';
import type { Member } from './index';
import { codeToken, newCode } from './domain/login-code';
import { inEvenTime } from './even-time';
import { limitAttempts } from './limits';
import { nextOfToken } from './login-link-data';
import { sendMemberMail } from './mails';
import { passwordMatches } from './passwords';
import { stateOf, type TokenState } from './confirmation';
import type { Asker } from './registration';
import { consumeToken, findToken, insertToken, voidTokens } from './store/tokens';
import { findAccount, findAccountByEmail, type Account } from './store/users';

const LINK_WITHIN_MS = 15 * 60_000;

export interface LoggedIn {
  readonly member: Pick<Member, 'customerId' | 'userId'>;
  readonly next: string;
}

/** An account that a password, link or code may open. */
export const mayLogIn = (account: Account | null): account is Account =>
  account !== null && account.confirmed && !account.blocked && account.email !== '';

export async function logInByPassword(
  strapi: Core.Strapi,
  form: { email: string; password: string; next: string },
  ip: string,
): Promise<Result<LoggedIn>> {
  // What is no address at all still counts against this machine.
  const email = normalizeEmail(form.email) ?? form.email.trim().toLowerCase();
  const allowed = await limitAttempts(strapi, 'login', { ip, address: email });
  if (!allowed.ok) return allowed;
  const account = await findAccountByEmail(strapi, email);
  const matches = await passwordMatches(strapi, form.password, account?.passwordHash ?? null);
  if (!matches || !mayLogIn(account)) return refuse('members.login-failed', 401);
  return success({ member: await memberOfAccount(strapi, account), next: form.next });
}

export async function memberOfAccount(strapi: Core.Strapi, account: Account) {
  return { userId: account.id, customerId: await customerOfAccount(strapi, account) };
}

export async function sendLoginLink(
  strapi: Core.Strapi,
  form: { email: string; next: string },
  asker: Asker,
  challenge: string,
): Promise<Result<{ status: 'link-sent' }>> {
  const email = normalizeEmail(form.email) ?? '';
  const allowed = await limitAttempts(strapi, 'login-link', { ip: asker.ip, address: email });
  if (!allowed.ok) return allowed;
  await inEvenTime(async () => {
    const account = await findAccountByEmail(strapi, email);
    if (mayLogIn(account)) await mailLink(strapi, account, { next: form.next, challenge }, asker);
  });
  return success({ status: 'link-sent' });
}

async function mailLink(
  strapi: Core.Strapi,
  account: Account,
  { next, challenge }: { next: string; challenge: string },
  asker: Asker,
) {
  const [token, code] = [randomToken(), newCode()];
  const now = clock(strapi).now().getTime();
  await inTransaction(strapi, async (unit) => {
    const row = {
      emailHash: sha256(account.email),
      userId: account.id,
      createdAt: now,
      expiresAt: now + LINK_WITHIN_MS,
      data: { next },
    };
    await insertToken(unit.trx, token, { ...row, purpose: 'login' });
    await insertToken(unit.trx, codeToken(challenge, code), { ...row, purpose: 'code' });
    await sendMemberMail(strapi, unit, {
      kind: 'login',
      to: account.email,
      locale: asker.locale,
      path: `/m/login/link?token=${token}&lang=${asker.locale}`,
      code,
    });
  });
}

export async function linkState(strapi: Core.Strapi, token: string): Promise<TokenState> {
  const row = await findToken(database(strapi), 'login', token);
  return stateOf(row, clock(strapi).now().getTime());
}

export async function logInByLink(
  strapi: Core.Strapi,
  token: string,
  ip: string,
): Promise<Result<LoggedIn>> {
  const allowed = await limitAttempts(strapi, 'token', { ip, address: '' });
  if (!allowed.ok) return allowed;
  const now = clock(strapi).now().getTime();
  const row = await findToken(database(strapi), 'login', token);
  const state = stateOf(row, now);
  if (!row || state !== 'usable') return refuse(`members.link-${state}`, 410);
  const won = await inTransaction(strapi, async ({ trx }) => {
    const used = await consumeToken(trx, row.id, now);
    for (const purpose of ['login', 'code'] as const) {
      if (used) await voidTokens(trx, purpose, row.emailHash, now);
    }
    return used;
  });
  if (!won) return refuse('members.link-used', 410);
  const account = row.userId === null ? null : await findAccount(strapi, row.userId);
  // The link was for this address: an account that moved to another one is not opened by it.
  if (!mayLogIn(account) || sha256(account.email) !== row.emailHash) {
    return refuse('members.link-unknown', 410);
  }
  return success({ member: await memberOfAccount(strapi, account), next: nextOfToken(row.data) });
}
