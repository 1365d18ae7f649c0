/** Which customer stands behind a login, made when there is none yet. */
import type { Core } from '@strapi/strapi';

import type { CustomerInput } from '../customers';
import { customersService } from '../customers';
import { clock, inTransaction, type UnitOfWork } from '../kernel';
import { insertMemberEvents } from './store/events';
import { lockAddress, type Account } from './store/users';

export interface Opening {
  readonly userId: number;
  /** Proven to be hers: only then may it lead to a customer that is already known. */
  readonly email: string;
  readonly fields: CustomerInput;
}

const given = (fields: CustomerInput): CustomerInput =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

/**
 * The customer of a login, in the caller's transaction: the known one with this address, else a new
 * one. What she enters replaces what was imported; what she leaves empty stays.
 */
export async function openCustomer(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  opening: Opening,
  known: number | null,
): Promise<number> {
  const customers = customersService(strapi);
  const now = clock(strapi).now();
  const stored = known
    ? await customers.update(unit, known, given(opening.fields))
    : await customers.create(unit, {
        registeredAt: now.getTime(),
        ...opening.fields,
        email: opening.email,
      });
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

/** Logins made elsewhere (an older Strapi site, the admin) get their customer at first sight. */
export async function customerOfAccount(strapi: Core.Strapi, account: Account): Promise<number> {
  const customers = customersService(strapi);
  const known = await customers.findByIdentity('member', String(account.id));
  if (known) return known.id;
  return withRetry(async () => {
    const same = await customers.findByIdentity('email', account.email);
    return inTransaction(strapi, async (unit) => {
      await lockAddress(unit.trx, account.email);
      const customerId = await openCustomer(
        strapi,
        unit,
        { userId: account.id, email: account.email, fields: {} },
        same?.id ?? null,
      );
      const at = account.createdAt.getTime();
      await insertMemberEvents(unit.trx, [{ customerId, type: 'registered', at, detail: {} }]);
      return customerId;
    });
  });
}
