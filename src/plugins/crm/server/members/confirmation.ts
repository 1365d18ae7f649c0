/** The second half of double opt-in: the one transaction that makes a member. */
import type { Core } from '@strapi/strapi';

import { consentService } from '../consent';
import {
  clock,
  database,
  inTransaction,
  refuse,
  success,
  type Result,
  type UnitOfWork,
} from '../kernel';
import { holderOf, openCustomer, withRetry, type Holder } from './accounts';
import { memberConfirmed, memberRegistered, type Member } from './index';
import { limitAttempts } from './limits';
import { stillStorable } from './own-fields/setting';
import { pendingSchema, type Pending } from './pending';
import { insertMemberEvents } from './store/events';
import { consumeToken, findToken, voidTokens, type TokenRow } from './store/tokens';
import { createAccount, findAccountByEmail, lockSubject } from './store/users';

export type TokenState = 'usable' | 'used' | 'expired' | 'unknown';

/** For the page with the button. Looking changes nothing, so a prefetch confirms nobody. */
export async function confirmationState(strapi: Core.Strapi, token: string): Promise<TokenState> {
  const row = await findToken(database(strapi), 'confirm', token);
  return stateOf(row, clock(strapi).now().getTime());
}

export function stateOf(row: TokenRow | null, now: number): TokenState {
  if (!row) return 'unknown';
  if (row.usedAt !== null) return 'used';
  return row.expiresAt > now ? 'usable' : 'expired';
}

export interface Confirmed {
  readonly member: Pick<Member, 'customerId' | 'userId'>;
  readonly next: string;
}

export async function confirm(
  strapi: Core.Strapi,
  token: string,
  ip: string,
): Promise<Result<Confirmed>> {
  const allowed = await limitAttempts(strapi, 'token', { ip, address: '' });
  if (!allowed.ok) return allowed;
  const row = await findToken(database(strapi), 'confirm', token);
  const state = stateOf(row, clock(strapi).now().getTime());
  if (!row || state !== 'usable') return refuse(`members.link-${state}`, 410);
  const pending = pendingSchema.parse(row.data);
  return withRetry(async () => {
    const holder = await holderOf(strapi, pending.email);
    return inTransaction(strapi, (unit) => openMember(strapi, unit, { row, pending, holder, ip }));
  });
}

interface Confirmation {
  readonly row: TokenRow;
  readonly pending: Pending;
  /** The customer whom an import or the shop already knows by this address. */
  readonly holder: Holder | null;
  readonly ip: string;
}

async function openMember(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { row, pending, holder, ip }: Confirmation,
): Promise<Result<Confirmed>> {
  const now = clock(strapi).now().getTime();
  const { email, passwordHash, profile, locale } = pending;
  await lockSubject(unit.trx, email);
  if (!(await consumeToken(unit.trx, row.id, now))) return refuse('members.link-used', 410);
  if (await findAccountByEmail(strapi, email)) return refuse('members.link-used', 410);
  const login = { username: email, email, passwordHash, provider: 'local' };
  const userId = await createAccount(strapi, login);
  const custom = stillStorable(strapi, pending.custom);
  const fields = { ...profile, custom, locale, lifecycleStage: 'member' };
  const customerId = await openCustomer(strapi, unit, { userId, email, fields }, holder);
  await voidTokens(unit.trx, 'confirm', row.emailHash, now);
  await recordConsents(strapi, unit, customerId, { row, pending, holder, ip });
  await insertMemberEvents(unit.trx, [
    { customerId, type: 'registered', at: row.createdAt, detail: { email } },
    { customerId, type: 'confirmed', at: now, detail: { email } },
  ]);
  await unit.publish(memberRegistered, { customerId });
  await unit.publish(memberConfirmed, { customerId });
  return success({ member: { customerId, userId }, next: pending.next });
}

async function recordConsents(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  customerId: number,
  { row, pending, ip }: Confirmation,
): Promise<void> {
  const proof = {
    form: '/m/register',
    enteredAt: new Date(row.createdAt).toISOString(),
    confirmedFrom: ip,
    userAgent: pending.userAgent,
    language: pending.locale,
  };
  const entries = pending.consents.map(({ channel, key, version }) => ({
    customerId,
    purpose: 'marketing' as const,
    channel,
    granted: true,
    wording: { key, version },
    source: 'form',
    occurredAt: clock(strapi).now(),
    proof,
  }));
  if (entries.length > 0) await consentService(strapi).recordMany(unit, entries);
}
