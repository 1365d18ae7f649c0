/** A forgotten password: a mailed link sets a new one, and every login made with the old one ends. */
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
import { memberOfAccount, mayLogIn, type LoggedIn } from './login';
import { stateOf, type TokenState } from './confirmation';
import { passwordIssue } from './domain/password';
import { inEvenTime } from './even-time';
import { limitAttempts } from './limits';
import { sendMemberMail } from './mails';
import { hashPassword } from './passwords';
import { issuesRefusal, type Asker } from './registration';
import { insertMemberEvents } from './store/events';
import { consumeToken, findToken, insertToken, voidTokens } from './store/tokens';
import { findAccount, findAccountByEmail, replacePassword, type Account } from './store/users';

const WITHIN_MS = 60 * 60_000;

/** The same answer for a known and an unknown address. */
export async function sendPasswordLink(
  strapi: Core.Strapi,
  form: { email: string },
  asker: Asker,
): Promise<Result<{ status: 'link-sent' }>> {
  const email = normalizeEmail(form.email) ?? '';
  const allowed = await limitAttempts(strapi, 'login-link', { ip: asker.ip, address: email });
  if (!allowed.ok) return allowed;
  await inEvenTime(async () => {
    const account = await findAccountByEmail(strapi, email);
    if (mayLogIn(account)) await mailPasswordLink(strapi, account, asker);
  });
  return success({ status: 'link-sent' });
}

async function mailPasswordLink(strapi: Core.Strapi, account: Account, asker: Asker) {
  const token = randomToken();
  const now = clock(strapi).now().getTime();
  await inTransaction(strapi, async (unit) => {
    await insertToken(unit.trx, token, {
      purpose: 'password',
      emailHash: sha256(account.email),
      userId: account.id,
      createdAt: now,
      expiresAt: now + WITHIN_MS,
      data: {},
    });
    const path = `/m/password?token=${token}&lang=${asker.locale}`;
    const mail = { kind: 'password', to: account.email, locale: asker.locale, path } as const;
    await sendMemberMail(strapi, unit, mail);
  });
}

export async function passwordLinkState(strapi: Core.Strapi, token: string): Promise<TokenState> {
  const row = await findToken(database(strapi), 'password', token);
  return stateOf(row, clock(strapi).now().getTime());
}

export async function resetPassword(
  strapi: Core.Strapi,
  form: { token: string; password: string },
  asker: Asker,
): Promise<Result<LoggedIn>> {
  const allowed = await limitAttempts(strapi, 'token', { ip: asker.ip, address: '' });
  if (!allowed.ok) return allowed;
  const now = clock(strapi).now().getTime();
  const row = await findToken(database(strapi), 'password', form.token);
  const state = stateOf(row, now);
  if (!row || state !== 'usable') return refuse(`members.link-${state}`, 410);
  const account = row.userId === null ? null : await findAccount(strapi, row.userId);
  if (!mayLogIn(account) || sha256(account.email) !== row.emailHash) {
    return refuse('members.link-unknown', 410);
  }
  // A password that is too weak does not use the link up.
  const weak = passwordIssue(form.password, account.email);
  if (weak) return issuesRefusal(strapi, asker.locale, [{ path: 'password', code: weak }]);
  const passwordHash = await hashPassword(strapi, form.password);
  const member = await memberOfAccount(strapi, account);
  const won = await inTransaction(strapi, async ({ trx }) => {
    if (!(await consumeToken(trx, row.id, now))) return false;
    for (const purpose of ['password', 'login', 'code'] as const) {
      await voidTokens(trx, purpose, row.emailHash, now);
    }
    // Sessions and tokens end with it (`settings.ts`).
    await replacePassword(strapi, account.id, passwordHash);
    const event = { customerId: member.customerId, type: 'password-changed' as const };
    await insertMemberEvents(trx, [{ ...event, at: now, detail: {} }]);
    return true;
  });
  return won ? success({ member, next: '/m/me' }) : refuse('members.link-used', 410);
}
