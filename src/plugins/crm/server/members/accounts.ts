/** Which customer stands behind a login, made when there is none yet. */
import type { Core } from '@strapi/strapi';

import type { CustomerInput } from '../customers';
import { customersService } from '../customers';
import {
  clock,
  inTransaction,
  randomToken,
  refuse,
  success,
  type Result,
  type UnitOfWork,
} from '../kernel';
import { memberRegistered, type LoginAccount, type OpenAccount } from './index';
import { insertMemberEvents } from './store/events';
import { createAccount, findAccount, hasLogin, lockSubject, type Account } from './store/users';

export interface Opening {
  readonly userId: number;
  /** Proven to be hers: only then may it lead to a customer that is already known. */
  readonly email: string;
  readonly fields: CustomerInput;
}

const given = (fields: CustomerInput): CustomerInput =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

/** Who holds an address already. */
export interface Holder {
  readonly id: number;
  /** False: somebody with a login of her own, to whom a file or a colleague gave the address. */
  readonly mayJoin: boolean;
}

/** The customer known by this address, and whether its proven owner is the same person. */
export async function holderOf(strapi: Core.Strapi, email: string): Promise<Holder | null> {
  const customers = customersService(strapi);
  const known = await customers.findByIdentity('email', email);
  if (!known) return null;
  const identities = await customers.identities(known.id);
  const hasAccount = identities.some(({ kind }) => kind === 'member');
  const isProven = identities.some(
    ({ kind, value, verifiedAt }) => kind === 'email' && value === email && verifiedAt !== null,
  );
  return { id: known.id, mayJoin: isProven || !hasAccount };
}

/** What a member types about herself outranks what a file says of her. */
const BY_HERSELF = { source: 'member' } as const;

/**
 * The customer of a login, in the caller's transaction: the known one with this address, else a new
 * one. What she enters replaces what was imported; what she leaves empty stays. A member whom the
 * address was given unproven loses it to its owner, and the owner sees nothing of that member's.
 */
export async function openCustomer(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  opening: Opening,
  holder: Holder | null,
): Promise<number> {
  const customers = customersService(strapi);
  const now = clock(strapi).now();
  if (holder && !holder.mayJoin) await customers.update(unit, holder.id, { email: null });
  const stored = holder?.mayJoin
    ? await customers.update(unit, holder.id, given(opening.fields), undefined, BY_HERSELF)
    : await customers.create(
        unit,
        { registeredAt: now.getTime(), ...opening.fields, email: opening.email },
        undefined,
        BY_HERSELF,
      );
  if (!stored.ok) throw new OpeningRefused(stored.refusal.code);
  const customerId = stored.value.id;
  const claims = [
    { kind: 'email', value: opening.email },
    { kind: 'member', value: String(opening.userId) },
  ] as const;
  for (const claim of claims) {
    const held = await customers.attachIdentity(unit, { customerId, ...claim, verifiedAt: now });
    if (!held.ok) throw new OpeningRefused(held.refusal.code);
  }
  return customerId;
}

/** Rolls the transaction back; the caller looks again who holds the address, and tries once more. */
export class OpeningRefused extends Error {}

/** Runs `attempt` again when somebody was quicker in between. */
export async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof OpeningRefused)) throw error;
    return attempt();
  }
}

/** A login without address or password, for a customer who has none, or for a new one. */
export async function openAccount(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { provider, fields, customerId: known }: OpenAccount,
): Promise<Result<{ customerId: number; userId: number }>> {
  const customers = customersService(strapi);
  const now = clock(strapi).now();
  if (known !== undefined) {
    await lockSubject(unit.trx, `customer ${known}`);
    if (await hasLogin(unit.trx, known)) return refuse('members.has-account', 409);
  }
  const stored =
    known === undefined
      ? await customers.create(unit, { registeredAt: now.getTime(), ...fields }, undefined, {
          source: provider === 'line' ? 'line' : 'member',
        })
      : await customers.update(unit, known, { lifecycleStage: 'member' });
  if (!stored.ok) return stored;
  const customerId = stored.value.id;
  const userId = await createAccount(strapi, {
    username: `${provider}:${randomToken().slice(0, 20)}`,
    email: null,
    passwordHash: null,
    provider,
  });
  await customers.attachIdentity(unit, {
    customerId,
    kind: 'member',
    value: String(userId),
    verifiedAt: now,
  });
  const detail = { provider };
  await insertMemberEvents(unit.trx, [
    { customerId, type: 'registered', at: now.getTime(), detail },
  ]);
  await unit.publish(memberRegistered, { customerId });
  return success({ customerId, userId });
}

export async function accountOf(
  strapi: Core.Strapi,
  customerId: number,
): Promise<LoginAccount | null> {
  const identities = await customersService(strapi).identities(customerId);
  const login = identities.find(({ kind }) => kind === 'member');
  const account = login ? await findAccount(strapi, Number(login.value)) : null;
  if (!account) return null;
  return {
    userId: account.id,
    email: account.email || null,
    hasPassword: account.passwordHash !== null,
    blocked: account.blocked,
  };
}

/** Logins made elsewhere (an older Strapi site, the admin) get their customer at first sight. */
export async function customerOfAccount(strapi: Core.Strapi, account: Account): Promise<number> {
  const customers = customersService(strapi);
  const known = await customers.findByIdentity('member', String(account.id));
  if (known) return known.id;
  return withRetry(async () => {
    const holder = await holderOf(strapi, account.email);
    return inTransaction(strapi, async (unit) => {
      await lockSubject(unit.trx, account.email);
      const customerId = await openCustomer(
        strapi,
        unit,
        { userId: account.id, email: account.email, fields: {} },
        holder,
      );
      const at = account.createdAt.getTime();
      await insertMemberEvents(unit.trx, [{ customerId, type: 'registered', at, detail: {} }]);
      return customerId;
    });
  });
}
