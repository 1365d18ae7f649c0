/**
 * Messages that another tool sent through one of our accounts, told to us so that the conversation is
 * whole. Nothing is sent from here. The body is the one that LINE was sent.
 */
import { createHash } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import type { SentElsewhere } from '../../shared/line-sent';
import {
  clock,
  constantTimeEqual,
  crmConfig,
  database,
  refuse,
  success,
  type Result,
} from '../kernel';
import { lineAccount } from './client';
import { textOf } from './domain/message';
import { friendsAmong, logMessages } from './store';

export const maySayWhatWasSent = (strapi: Core.Strapi, key: string): boolean =>
  crmConfig(strapi).line.logKeys.some((known) => constantTimeEqual(known, key));

/** One row a person and message, however often it is told: by LINE's request id or retry key. */
const idOf = (requestId: string, userId: string, index: number): string =>
  `elsewhere:${createHash('sha256').update(`${requestId}\n${userId}`).digest('hex')}:${index}`;

const MOST_TEXT = 5_000;
const AHEAD_MS = 5 * 60_000;

/** Only for people we know as friends of this account: ids of anybody else say nothing to us. */
export async function logSentElsewhere(
  strapi: Core.Strapi,
  key: string,
  sent: SentElsewhere,
): Promise<Result<{ logged: number; unknown: number }>> {
  const account = lineAccount(strapi, key);
  if (!account) return refuse('line.unknown-account', 404);
  const now = clock(strapi).now().getTime();
  const at = sent.sentAt === undefined ? now : Date.parse(sent.sentAt);
  if (at > now + AHEAD_MS) return refuse('line.sent-in-future', 400);
  const userIds = [...new Set(typeof sent.to === 'string' ? [sent.to] : sent.to)];
  const friends = await friendsAmong(database(strapi), account.key, userIds);
  await logMessages(
    database(strapi),
    friends.flatMap(({ userId, customerId }) =>
      sent.messages.map((message, index) => ({
        account: account.key,
        userId,
        customerId,
        direction: 'out' as const,
        messageId: idOf(sent.requestId, userId, index),
        type: message.type,
        text: textOf(message)?.slice(0, MOST_TEXT) ?? null,
        at,
        source: sent.source,
      })),
    ),
  );
  return success({ logged: friends.length, unknown: userIds.length - friends.length });
}
