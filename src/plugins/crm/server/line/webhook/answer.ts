/** What the account says to words of hers, typed or tapped. */
import type { Core } from '@strapi/strapi';

import { clock, database, type LineAccountConfig } from '../../kernel';
import { answerWith, offerLink } from '../chat';
import { autoReplyTo } from '../chats/auto-reply';
import { asksForLink } from '../domain/keyword';
import { replyTokenOf, type LineEvent } from '../domain/event';
import { keepReplyToken, type FriendKey } from '../store';

/** LINE lets a token live a minute; what is on its way needs a moment. */
const TOKEN_LIVES_MS = 50_000;

interface Said {
  readonly strapi: Core.Strapi;
  readonly account: LineAccountConfig;
  readonly event: LineEvent;
  readonly friend: FriendKey;
}

interface Known {
  readonly customerId: number | null;
  /** An operator answers instead of the automatic replies. */
  readonly hasOperator: boolean;
}

/** The link button, an automatic reply, or nothing: then the operator has the free token. */
export async function answerTo(
  { strapi, account, event, friend }: Said,
  text: string | null,
  { customerId, hasOperator }: Known,
): Promise<void> {
  const replyToken = replyTokenOf(event);
  if (!replyToken) return;
  const chat = { strapi, account, friend, replyToken };
  if (!hasOperator && text !== null) {
    if (asksForLink(text)) return offerLink(chat, { customerId });
    const answer = await autoReplyTo(strapi, account.key, { text, at: event.timestamp });
    if (answer !== null) return answerWith(chat, customerId, answer);
  }
  const until = clock(strapi).now().getTime() + TOKEN_LIVES_MS;
  await keepReplyToken(database(strapi), friend, { token: replyToken, until });
}
