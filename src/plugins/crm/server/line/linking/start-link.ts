import { randomBytes } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import { fullName } from '../../../shared/full-name';
import { consentService, wordingKey } from '../../consent';
import { customersService, type Customer } from '../../customers';
import {
  clock,
  crmConfig,
  database,
  refuse,
  success,
  type Locale,
  type Result,
} from '../../kernel';
import { lineAccount } from '../client';
import { findFriend, friendOfLinkToken, friendsOfCustomers, keepNonce } from '../store';

const NONCE_MS = 10 * 60_000;

/** What the page says will be linked. */
export interface LinkOffer {
  readonly accountName: string;
  readonly displayName: string | null;
  /** Whom it will be linked to: she sees at once when it is not she who is logged in. */
  readonly memberName: string;
  readonly wording: string | null;
  /** This customer has another LINE account linked, which the new one would replace. */
  readonly replaces: boolean;
}

/** What a page calls the member it is about. */
export const memberNameOf = (customer: Customer | null, locale: Locale): string =>
  fullName(customer ?? {}, locale) || (customer?.email ?? '');

const expired = () => refuse('line.link-expired', 410);

export async function describeLink(
  strapi: Core.Strapi,
  linkToken: string,
  customerId: number,
  locale: Locale,
): Promise<Result<LinkOffer>> {
  const db = database(strapi);
  const key = await friendOfLinkToken(db, linkToken, clock(strapi).now().getTime());
  const account = key && lineAccount(strapi, key.account);
  if (!key || !account) return expired();
  const friend = await findFriend(db, key);
  const linked = await friendsOfCustomers(db, [customerId]);
  const wording = await consentService(strapi).currentWording(
    wordingKey('marketing', 'line'),
    locale,
  );
  return success({
    accountName: account.name,
    displayName: friend?.displayName ?? null,
    memberName: memberNameOf(await customersService(strapi).find(customerId), locale),
    wording: wording?.text ?? null,
    replaces: linked.some((other) => other.account === key.account && other.userId !== key.userId),
  });
}

interface LinkChoice {
  readonly linkToken: string;
  readonly customerId: number;
  readonly consents: boolean;
  readonly locale: Locale;
}

/** LINE's own page, where the app proves that the person holds this LINE account. */
export async function startLink(
  strapi: Core.Strapi,
  choice: LinkChoice,
): Promise<Result<{ redirectTo: string }>> {
  const db = database(strapi);
  const now = clock(strapi).now().getTime();
  const key = await friendOfLinkToken(db, choice.linkToken, now);
  if (!key) return expired();
  const wording = await consentService(strapi).currentWording(
    wordingKey('marketing', 'line'),
    choice.locale,
  );
  // LINE asks for base64 of at least 128 bits; this is 256.
  const nonce = randomBytes(32).toString('base64url');
  await keepNonce(
    db,
    nonce,
    {
      ...key,
      customerId: choice.customerId,
      consents: choice.consents,
      wordingVersion: wording?.version ?? null,
    },
    now + NONCE_MS,
  );
  const address = new URL('/dialog/bot/accountLink', crmConfig(strapi).line.accessOrigin);
  address.searchParams.set('linkToken', choice.linkToken);
  address.searchParams.set('nonce', nonce);
  return success({ redirectTo: address.toString() });
}
