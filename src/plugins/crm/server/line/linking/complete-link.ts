import type { Core } from '@strapi/strapi';

import { consentService, wordingKey } from '../../consent';
import { customersService } from '../../customers';
import type { UnitOfWork } from '../../kernel';
import {
  addHistory,
  adoptPast,
  findFriend,
  friendsOfCustomers,
  redeemNonce,
  setFriendCustomer,
  type FriendKey,
  type LinkIntent,
} from '../store';
import { lineLinked } from '..';
import { giveWay } from './give-way';
import { detach } from './unlink';

export type LinkOutcome =
  | { readonly kind: 'linked'; readonly customerId: number }
  /** Unknown, used or older than ten minutes. */
  | { readonly kind: 'expired' }
  /** The link button was made for another LINE account than the one that confirmed. */
  | { readonly kind: 'other-person' }
  /** This LINE account is linked to another customer; she must unlink there first. */
  | { readonly kind: 'taken-by-another' };

interface Confirmation {
  readonly friend: FriendKey;
  readonly nonce: string;
  /** By LINE's clock. */
  readonly at: number;
}

const samePerson = (a: FriendKey, b: FriendKey): boolean =>
  a.account === b.account && a.userId === b.userId;

/**
 * Redeems the nonce that a logged-in member got. It links only the LINE account whose button she
 * opened: a nonce carried to another account, or used twice, attaches nothing.
 */
export async function completeLink(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { friend, nonce, at }: Confirmation,
): Promise<LinkOutcome> {
  const intent = await redeemNonce(unit.trx, nonce, at);
  if (!intent) return { kind: 'expired' };
  if (!samePerson(intent, friend)) return { kind: 'other-person' };
  const { customerId } = intent;
  await giveWay(strapi, unit, { userId: friend.userId, customerId, at });
  const holder = (await findFriend(unit.trx, friend))?.customerId ?? null;
  if (holder !== null && holder !== customerId) return { kind: 'taken-by-another' };
  const attached = await customersService(strapi).attachIdentity(unit, {
    customerId,
    kind: 'line',
    value: friend.userId,
    verifiedAt: new Date(at),
  });
  if (!attached.ok) return { kind: 'taken-by-another' };
  await attachFriend(strapi, unit, intent, at);
  await unit.publish(lineLinked, { customerId });
  return { kind: 'linked', customerId };
}

async function attachFriend(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  intent: LinkIntent,
  at: number,
): Promise<void> {
  const { customerId } = intent;
  const others = await friendsOfCustomers(unit.trx, [customerId]);
  for (const other of others) {
    // One LINE account a person and official account: the new one takes the place of the old.
    const replaced = other.account === intent.account && other.userId !== intent.userId;
    if (replaced) await detach(strapi, unit, other, customerId, at);
  }
  await setFriendCustomer(unit.trx, intent, customerId, at);
  await adoptPast(unit.trx, intent, customerId);
  await addHistory(unit.trx, { ...intent, customerId, type: 'linked', at });
  if (!intent.consents) return;
  const wording = intent.wordingVersion
    ? { key: wordingKey('marketing', 'line'), version: intent.wordingVersion }
    : undefined;
  await consentService(strapi).record(unit, {
    customerId,
    purpose: 'marketing',
    channel: 'line',
    granted: true,
    source: 'line',
    occurredAt: new Date(at),
    proof: { account: intent.account, lineUserId: intent.userId },
    ...(wording ? { wording } : {}),
  });
}
