/** A member whom staff adds: a login for a known customer, and one welcome if it was asked for. */
import type { Core } from '@strapi/strapi';

import { customersService, type Customer } from '../../customers';
import {
  clock,
  inTransaction,
  randomToken,
  refuse,
  sha256,
  success,
  type Database,
  type Result,
  type UnitOfWork,
} from '../../kernel';
import { memberRegistered, type Actor } from '../index';
import { sendMemberMail } from '../mails';
import { hasEventOfType, insertMemberEvents } from '../store/events';
import { insertToken } from '../store/tokens';
import {
  createAccount,
  customerOfLogin,
  findAccountByEmail,
  lockSubject,
  loginsOf,
  replacePassword,
} from '../store/users';
import { isForgotten } from './forgetting';

const WELCOME_WITHIN_MS = 7 * 86_400_000;

export interface Invited {
  readonly created: boolean;
  readonly welcomed: boolean;
}

/**
 * Makes the login when there is none, and mails the welcome when asked, once for ever: pressing
 * again, or two people at once, neither makes a second login nor sends a second mail.
 */
export async function invite(
  strapi: Core.Strapi,
  customerId: number,
  { welcome }: { welcome: boolean },
  actor: Actor,
): Promise<Result<Invited>> {
  const customer = await customersService(strapi).find(customerId);
  if (!customer) return refuse('kernel.not-found', 404);
  if (isForgotten(customer)) return refuse('members.already-forgotten', 409);
  const { email } = customer;
  if (!email) return refuse('members.invite-no-email', 409);
  return inTransaction(strapi, async (unit) => {
    await lockSubject(unit.trx, email);
    const [known] = await loginsOf(unit.trx, customerId);
    const created = known === undefined;
    const opened = created ? await openLogin(strapi, unit, customer, email, actor) : success(known);
    if (!opened.ok) return opened;
    const userId = opened.value;
    const due = welcome && !(await isWelcomed(unit.trx, customerId));
    if (due) await sendWelcome(strapi, unit, { userId, email, customer });
    if (!created && !due) return refuse('members.has-account', 409);
    return success({ created, welcomed: due });
  });
}

/** Mailed before, or registered by herself: nobody is welcomed twice. */
export const isWelcomed = async (db: Database, customerId: number): Promise<boolean> =>
  (await hasEventOfType(db, customerId, 'welcome-sent')) ||
  (await hasEventOfType(db, customerId, 'confirmed'));

/** No password: the only way in is a link or code mailed to the address. */
async function openLogin(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { id: customerId }: Customer,
  email: string,
  actor: Actor,
): Promise<Result<number>> {
  const now = clock(strapi).now();
  const existing = await findAccountByEmail(strapi, email);
  const owner = existing ? await customerOfLogin(unit.trx, existing.id) : null;
  if (owner !== null && owner !== customerId) return refuse('members.login-of-another', 409);
  const account = { username: email, email, passwordHash: null, provider: 'local' };
  const userId = existing?.id ?? (await createAccount(strapi, account));
  // Whoever made that account never showed that the address is hers: her password must not open it.
  if (existing && owner === null) await replacePassword(strapi, userId, null);
  const customers = customersService(strapi);
  await customers.update(unit, customerId, { lifecycleStage: 'member' });
  const value = String(userId);
  const claim = { customerId, kind: 'member', value, verifiedAt: now } as const;
  const held = await customers.attachIdentity(unit, claim);
  if (!held.ok) throw new Error(`The login ${userId} of this address is another customer's`);
  const detail = { by: actor.name };
  await insertMemberEvents(unit.trx, [
    { customerId, type: 'registered', at: now.getTime(), detail },
  ]);
  await unit.publish(memberRegistered, { customerId });
  return success(userId);
}

async function sendWelcome(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { userId, email, customer }: { userId: number; email: string; customer: Customer },
): Promise<void> {
  const token = randomToken();
  const now = clock(strapi).now().getTime();
  await insertToken(unit.trx, token, {
    purpose: 'login',
    emailHash: sha256(email),
    userId,
    createdAt: now,
    expiresAt: now + WELCOME_WITHIN_MS,
    data: { next: '/m/me' },
  });
  await insertMemberEvents(unit.trx, [
    { customerId: customer.id, type: 'welcome-sent', at: now, detail: {} },
  ]);
  const { locale } = customer;
  const path = `/m/login/link?token=${token}&lang=${locale}`;
  await sendMemberMail(strapi, unit, { kind: 'welcome', to: email, locale, path });
}
