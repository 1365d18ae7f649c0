/** A LINE user and the login of a member: found, opened, or joined. The LINE user id is the key. */
import type { Core } from '@strapi/strapi';

import { consentService, wordingKey } from '../../consent';
import { customersService } from '../../customers';
import {
  clock,
  inTransaction,
  refuse,
  success,
  type Locale,
  type Result,
  type UnitOfWork,
} from '../../kernel';
import { membersService, type LoginAccount, type Member } from '../../members';
import { lineLinked } from '..';
import { giveWay } from '../linking/give-way';
import { addHistory, adoptPast, friendsOfUser, setFriendCustomer } from '../store';

export interface LinePerson {
  readonly userId: string;
  readonly name: string;
}

type LoginMember = Pick<Member, 'customerId' | 'userId'>;

export type LoginFound =
  | { readonly kind: 'member'; readonly member: LoginMember }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'unknown' };

const entering = (customerId: number, account: LoginAccount): LoginFound =>
  account.blocked
    ? { kind: 'blocked' }
    : { kind: 'member', member: { customerId, userId: account.userId } };

/** What a file said proves nothing to a login that is there already. */
async function isProved(strapi: Core.Strapi, customerId: number, userId: string) {
  const own = await customersService(strapi).identities(customerId);
  return own.some(
    ({ kind, value, verifiedAt }) => kind === 'line' && value === userId && verifiedAt !== null,
  );
}

/**
 * Whose LINE account this is. A customer without a login (linked by staff, named by a file) gets hers
 * now; one who has a login must have linked LINE herself.
 */
export async function findLogin(
  strapi: Core.Strapi,
  person: LinePerson,
  locale: Locale,
): Promise<LoginFound> {
  const customer = await customersService(strapi).findByIdentity('line', person.userId);
  if (!customer) return { kind: 'unknown' };
  const account = await membersService(strapi).accountOf(customer.id);
  if (account && !(await isProved(strapi, customer.id, person.userId))) return { kind: 'unknown' };
  if (account) return entering(customer.id, account);
  const opened = await openLogin(strapi, person, { locale, customerId: customer.id });
  return opened.ok ? { kind: 'member', member: opened.value } : { kind: 'unknown' };
}

/** A member by LINE alone: no e-mail address, no password. */
export async function registerByLine(
  strapi: Core.Strapi,
  person: LinePerson,
  wish: { locale: Locale; consents: boolean; ip: string },
): Promise<Result<LoginMember>> {
  const opened = await openLogin(strapi, person, { locale: wish.locale });
  if (opened.ok && wish.consents) await recordConsent(strapi, opened.value.customerId, wish);
  return opened;
}

class TakenMeanwhile extends Error {}

/** Somebody else got this LINE account in between: nothing of the new login stays. */
async function unlessTaken<T>(work: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof TakenMeanwhile)) throw error;
    return refuse('line.login-taken', 409);
  }
}

async function openLogin(
  strapi: Core.Strapi,
  person: LinePerson,
  { locale, customerId }: { locale: Locale; customerId?: number },
): Promise<Result<LoginMember>> {
  const opening = inTransaction(strapi, async (unit) => {
    const opened = await membersService(strapi).openAccount(unit, {
      provider: 'line',
      fields: { givenName: person.name, locale, lifecycleStage: 'member' },
      ...(customerId === undefined ? {} : { customerId }),
    });
    if (!opened.ok) return opened;
    await attach(strapi, unit, person.userId, opened.value.customerId);
    return opened;
  });
  return unlessTaken(opening);
}

/** The identity, and every friendship that this LINE user has with our accounts. */
async function attach(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  userId: string,
  customerId: number,
): Promise<void> {
  const at = clock(strapi).now();
  await giveWay(strapi, unit, { userId, customerId, at: at.getTime() });
  const held = await customersService(strapi).attachIdentity(unit, {
    customerId,
    kind: 'line',
    value: userId,
    verifiedAt: at,
  });
  if (!held.ok) throw new TakenMeanwhile();
  for (const friend of await friendsOfUser(unit.trx, userId)) {
    await setFriendCustomer(unit.trx, friend, customerId, at.getTime());
    await adoptPast(unit.trx, friend, customerId);
    const { account } = friend;
    await addHistory(unit.trx, { account, userId, customerId, type: 'linked', at: at.getTime() });
  }
  await unit.publish(lineLinked, { customerId });
}

/** Joins a LINE user to a member who is logged in; refuses one that is somebody else's. */
export async function linkToMember(
  strapi: Core.Strapi,
  person: LinePerson,
  customerId: number,
): Promise<Result<true>> {
  const holder = await customersService(strapi).findByIdentity('line', person.userId);
  const isTaken =
    holder && holder.id !== customerId && (await isProved(strapi, holder.id, person.userId));
  if (isTaken) return refuse('line.login-taken', 409);
  const own = await customersService(strapi).identities(customerId);
  const other = own.some(({ kind, value }) => kind === 'line' && value !== person.userId);
  if (other) return refuse('line.login-other', 409);
  if (holder?.id === customerId && (await isProved(strapi, customerId, person.userId)))
    return success(true);
  const linking = inTransaction(strapi, async (unit) => {
    await attach(strapi, unit, person.userId, customerId);
    return success<true>(true);
  });
  return unlessTaken(linking);
}

async function recordConsent(
  strapi: Core.Strapi,
  customerId: number,
  { locale, ip }: { locale: Locale; ip: string },
): Promise<void> {
  const consents = consentService(strapi);
  const key = wordingKey('marketing', 'line');
  const wording = await consents.currentWording(key, locale);
  await inTransaction(strapi, (unit) =>
    consents.record(unit, {
      customerId,
      purpose: 'marketing',
      channel: 'line',
      granted: true,
      source: 'form',
      ...(wording ? { wording: { key, version: wording.version } } : {}),
      proof: { form: '/m/line/login/welcome', ip, language: locale },
    }),
  );
}
