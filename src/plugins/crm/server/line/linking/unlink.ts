import type { Core } from '@strapi/strapi';

import { consentService } from '../../consent';
import { customersService } from '../../customers';
import { clock, type UnitOfWork } from '../../kernel';
import { lineUnlinked, type UnlinkSource } from '..';
import {
  addHistory,
  friendsOfCustomers,
  lineIdentitiesOf,
  setFriendCustomer,
  type FriendKey,
} from '../store';

/** The LINE account and the customer part; friendship and history stay. */
export async function detach(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  friend: FriendKey,
  customerId: number,
  at: number,
): Promise<void> {
  await setFriendCustomer(unit.trx, friend, null, at);
  const identity = { customerId, kind: 'line' as const, value: friend.userId };
  await customersService(strapi).detachIdentity(unit, identity);
  const { account, userId } = friend;
  await addHistory(unit.trx, { account, userId, customerId, type: 'unlinked', at });
}

/** In the words of the consent ledger. */
const CONSENT_SOURCES: Readonly<Record<UnlinkSource, string>> = {
  member: 'my-page',
  admin: 'admin',
};

async function detachIdentities(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  customerId: number,
): Promise<boolean> {
  const customers = customersService(strapi);
  const own = await lineIdentitiesOf(unit.trx, customerId);
  for (const value of own) {
    await customers.detachIdentity(unit, { customerId, kind: 'line', value });
  }
  return own.length > 0;
}

/** Ends every link of the customer, and with it the permission to write to her on LINE. */
export async function unlink(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  customerId: number,
  source: UnlinkSource,
): Promise<boolean> {
  const at = clock(strapi).now().getTime();
  const friends = await friendsOfCustomers(unit.trx, [customerId]);
  // Who came by LINE Login and is no friend of an account has an identity only.
  const loggedIn = await detachIdentities(strapi, unit, customerId);
  if (friends.length === 0 && !loggedIn) return false;
  for (const friend of friends) await detach(strapi, unit, friend, customerId, at);
  await consentService(strapi).record(unit, {
    customerId,
    purpose: 'marketing',
    channel: 'line',
    granted: false,
    source: CONSENT_SOURCES[source],
  });
  await unit.publish(lineUnlinked, { customerId });
  return true;
}
