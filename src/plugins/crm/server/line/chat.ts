/** What the account says by itself in the chat: greeting, link button, confirmation. */
import type { Core } from '@strapi/strapi';

import {
  clock,
  crmConfig,
  database,
  translate,
  type LineAccountConfig,
  type Locale,
} from '../kernel';
import { ownGreeting } from './chats/auto-reply';
import { lineClient } from './client';
import { describeProblem } from './domain/api-error';
import { textOf, type LineMessage } from './domain/message';
import type { LinkOutcome } from './linking/complete-link';
import { findFriend, keepLinkToken, logMessages, type FriendKey } from './store';

interface Chat {
  readonly strapi: Core.Strapi;
  readonly account: LineAccountConfig;
  readonly friend: FriendKey;
  readonly replyToken: string;
}

/** LINE's link tokens live ten minutes. */
const LINK_TOKEN_MS = 10 * 60_000;

const localeOfLanguage = (strapi: Core.Strapi, language: string | null | undefined): Locale => {
  if (!language) return crmConfig(strapi).defaultLocale;
  return language.startsWith('ja') ? 'ja' : 'en';
};

/** Free and once; a token that is too old is no loss worth trying again for. */
async function say(
  { strapi, account, friend, replyToken }: Chat,
  customerId: number | null,
  messages: readonly LineMessage[],
): Promise<void> {
  const answer = await lineClient(strapi, account).reply(replyToken, messages);
  if (!answer.ok) {
    strapi.log.warn(`crm: LINE reply was not sent: ${describeProblem(answer.problem)}`);
    return;
  }
  const at = clock(strapi).now().getTime();
  await logMessages(
    database(strapi),
    answer.value.messageIds.map((messageId, index) => {
      const message = messages[index] ?? { type: 'unknown' };
      return {
        ...friend,
        customerId,
        direction: 'out' as const,
        messageId,
        type: message.type,
        text: textOf(message),
        at,
        guardReason: 'reply' as const,
      };
    }),
  );
}

/** A button that opens our link page with a fresh token, or null when LINE gives none. */
async function linkButton(chat: Chat, locale: Locale): Promise<LineMessage | null> {
  const { strapi, account, friend } = chat;
  const issued = await lineClient(strapi, account).linkToken(friend.userId);
  if (!issued.ok) {
    strapi.log.warn(`crm: no LINE link token: ${describeProblem(issued.problem)}`);
    return null;
  }
  const expiresAt = clock(strapi).now().getTime() + LINK_TOKEN_MS;
  await keepLinkToken(database(strapi), issued.value, friend, expiresAt);
  const address = new URL('/m/line/link', crmConfig(strapi).publicUrl);
  address.searchParams.set('linkToken', issued.value);
  address.searchParams.set('lang', locale);
  const words = (key: string) => translate(strapi, locale, key, { account: account.name });
  return {
    type: 'template',
    altText: words('line.chat.link-text'),
    template: {
      type: 'buttons',
      text: words('line.chat.link-text'),
      actions: [{ type: 'uri', label: words('line.chat.link-button'), uri: address.toString() }],
    },
  };
}

interface Newcomer {
  /** Empty where LINE does not tell it. */
  readonly displayName: string;
  readonly language?: string;
  readonly customerId: number | null;
  /** When she added the account, epoch ms. */
  readonly at: number;
}

function usualGreeting({ displayName, customerId }: Newcomer): string {
  if (customerId !== null) return 'line.chat.welcome-back';
  return displayName ? 'line.chat.greeting' : 'line.chat.greeting-nameless';
}

/** The first words after being added, with the way to become known as a member. */
export async function greet(chat: Chat, person: Newcomer): Promise<void> {
  const { strapi, account } = chat;
  const { displayName: name, customerId, at } = person;
  const locale = localeOfLanguage(strapi, person.language);
  const usual = translate(strapi, locale, usualGreeting(person), { name, account: account.name });
  const text = (await ownGreeting(strapi, account, { name, at })) ?? usual;
  const greeting = { type: 'text', text };
  const button = customerId === null ? await linkButton(chat, locale) : null;
  await say(chat, customerId, button ? [greeting, button] : [greeting]);
}

/** The answer to the keyword. */
export async function offerLink(
  chat: Chat,
  { customerId }: { customerId: number | null },
): Promise<void> {
  const { strapi, friend } = chat;
  const known = await findFriend(database(strapi), friend);
  const locale = localeOfLanguage(strapi, known?.language);
  const answer = (key: string) =>
    say(chat, customerId, [{ type: 'text', text: translate(strapi, locale, key) }]);
  if (customerId !== null) return answer('line.chat.already-linked');
  const button = await linkButton(chat, locale);
  if (!button) return answer('line.chat.try-later');
  await say(chat, null, [button]);
}

/** The answer to a keyword, as the operator wrote it. */
export const answerWith = (chat: Chat, customerId: number | null, text: string): Promise<void> =>
  say(chat, customerId, [{ type: 'text', text }]);

const OUTCOME_KEYS: Readonly<Record<LinkOutcome['kind'], string | null>> = {
  linked: 'line.chat.linked',
  'taken-by-another': 'line.chat.taken',
  expired: 'line.chat.link-expired',
  // Somebody else's link: LINE has said so to the person, nothing is due from us.
  'other-person': null,
};

export async function confirmLink(chat: Chat, outcome: LinkOutcome): Promise<void> {
  const key = OUTCOME_KEYS[outcome.kind];
  if (!key) return;
  const { strapi, account, friend } = chat;
  const known = await findFriend(database(strapi), friend);
  const locale = localeOfLanguage(strapi, known?.language);
  const text = translate(strapi, locale, key, { account: account.name });
  await say(chat, known?.customerId ?? null, [{ type: 'text', text }]);
}
