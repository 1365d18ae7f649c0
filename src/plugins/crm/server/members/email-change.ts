/** Another e-mail address, or the first one of a member who came by LINE: proven before it counts. */
import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import type { EmailChangeForm } from '../../shared/members';
import { customersService, normalizeEmail } from '../customers';
import {
  clock,
  database,
  inTransaction,
  randomToken,
  refuse,
  sha256,
  success,
  type Result,
  type UnitOfWork,
} from '../kernel';
import { customerOfAccount } from './accounts';
import { stateOf, type TokenState } from './confirmation';
import type { Member } from './index';
import { limitAttempts } from './limits';
import { sendMemberMail } from './mails';
import { passwordMatches } from './passwords';
import { issuesRefusal, type Asker } from './registration';
import { insertMemberEvents } from './store/events';
import { consumeToken, findToken, insertToken, voidTokens, type TokenRow } from './store/tokens';
import { findAccount, findAccountByEmail, lockSubject, replaceEmail } from './store/users';

const WITHIN_MS = 24 * 3_600_000;

const dataSchema = z.object({ email: z.string(), locale: z.enum(['ja', 'en']) });

/** The same answer for a free and a taken address; the owner of a taken one is told by mail. */
export async function askForEmail(
  strapi: Core.Strapi,
  member: Member,
  form: EmailChangeForm,
  asker: Asker,
): Promise<Result<{ status: 'confirmation-sent' }>> {
  const account = await findAccount(strapi, member.userId);
  if (!account) return refuse('members.login-required', 401);
  const email = normalizeEmail(form.email);
  if (!email) return issuesRefusal(strapi, asker.locale, [{ path: 'email', code: 'email' }]);
  const subject = { ip: asker.ip, address: account.email || `user ${account.id}` };
  for (const what of ['login', 'register'] as const) {
    const allowed = await limitAttempts(strapi, what, subject);
    if (!allowed.ok) return allowed;
  }
  const { passwordHash } = account;
  if (passwordHash && !(await passwordMatches(strapi, form.currentPassword, passwordHash))) {
    const wrong = { path: 'currentPassword', code: 'current-password' };
    return issuesRefusal(strapi, asker.locale, [wrong]);
  }
  const taken = await findAccountByEmail(strapi, email);
  const { locale } = asker;
  await inTransaction(strapi, (unit) =>
    taken
      ? sendMemberMail(strapi, unit, {
          kind: 'already-registered',
          to: email,
          locale,
          path: '/m/login',
        })
      : mailConfirmation(strapi, unit, { email, locale, userId: account.id }),
  );
  return success({ status: 'confirmation-sent' });
}

async function mailConfirmation(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { email, locale, userId }: z.output<typeof dataSchema> & { userId: number },
): Promise<void> {
  const token = randomToken();
  const now = clock(strapi).now().getTime();
  await insertToken(unit.trx, token, {
    purpose: 'email',
    emailHash: sha256(email),
    userId,
    createdAt: now,
    expiresAt: now + WITHIN_MS,
    data: { email, locale },
  });
  const path = `/m/email?token=${token}&lang=${locale}`;
  await sendMemberMail(strapi, unit, { kind: 'email', to: email, locale, path });
}

/** `foreign`: whoever looks is not logged in to the account that asked. */
export async function emailLinkState(
  strapi: Core.Strapi,
  token: string,
  userId: number | null,
): Promise<TokenState | 'foreign'> {
  const row = await findToken(database(strapi), 'email', token);
  const state = stateOf(row, clock(strapi).now().getTime());
  return state === 'usable' && row?.userId !== userId ? 'foreign' : state;
}

/**
 * The address is hers from here on; the old one is told, and its links are void. Only the account
 * that asked may confirm: otherwise somebody could ask for another's address, and her press on the
 * link would tie it to an account whose password he knows.
 */
export async function confirmEmail(
  strapi: Core.Strapi,
  token: string,
  { ip, userId }: { readonly ip: string; readonly userId: number | null },
): Promise<Result<{ status: 'changed' }>> {
  const allowed = await limitAttempts(strapi, 'token', { ip, address: '' });
  if (!allowed.ok) return allowed;
  const row = await findToken(database(strapi), 'email', token);
  const state = stateOf(row, clock(strapi).now().getTime());
  if (!row || state !== 'usable') return refuse(`members.link-${state}`, 410);
  if (userId === null || row.userId !== userId) return refuse('members.link-foreign', 403);
  const account = await findAccount(strapi, userId);
  if (!account || account.blocked) return refuse('members.link-unknown', 410);
  const customerId = await customerOfAccount(strapi, account);
  const change = { row, userId: account.id, customerId, before: account.email };
  const changed = await inTransaction(strapi, (unit) => changeEmail(strapi, unit, change));
  return changed.ok ? success({ status: 'changed' }) : changed;
}

interface EmailChange {
  readonly row: TokenRow;
  readonly userId: number;
  readonly customerId: number;
  readonly before: string;
}

async function changeEmail(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { row, userId, customerId, before }: EmailChange,
): Promise<Result<true>> {
  const { email, locale } = dataSchema.parse(row.data);
  const now = clock(strapi).now();
  await lockSubject(unit.trx, email);
  if (await findAccountByEmail(strapi, email)) return refuse('members.link-used', 410);
  const customers = customersService(strapi);
  // An imported record may have it: staff merges the two, nobody takes a record over by herself.
  const updated = await customers.update(unit, customerId, { email }, locale, {
    source: 'member',
  });
  if (!updated.ok) return refuse('members.email-elsewhere', 409);
  if (!(await consumeToken(unit.trx, row.id, now.getTime()))) {
    return refuse('members.link-used', 410);
  }
  await customers.attachIdentity(unit, {
    customerId,
    kind: 'email',
    value: email,
    verifiedAt: now,
  });
  await replaceEmail(strapi, userId, email);
  const event = { customerId, type: 'email-changed' as const };
  await insertMemberEvents(unit.trx, [{ ...event, at: now.getTime(), detail: {} }]);
  if (!before) return success(true);
  for (const purpose of ['login', 'code', 'password', 'email'] as const) {
    await voidTokens(unit.trx, purpose, sha256(before), now.getTime());
  }
  await sendMemberMail(strapi, unit, { kind: 'email-changed', to: before, locale, path: '/m/me' });
  return success(true);
}
