/** What an operator writes: by the free reply token while it lives, otherwise by push. */
import type { Core } from '@strapi/strapi';

import type { LineChat } from '../../../shared/line-chat';
import { clock, database, refuse, success, type Result } from '../../kernel';
import { lineAccount, lineClient, type LineAnswer, type LineClient } from '../client';
import { describeProblem, type LineProblem } from '../domain/api-error';
import { beginMessage, dropMessage, noteOutgoing, takeReplyToken } from '../store';

interface Wish {
  readonly text: string;
  readonly sendKey: string;
}

/** Which way it went: `reply` costs nothing, `push` is one of the month's messages. */
export type SentBy = 'reply' | 'push';

interface Outcome {
  readonly by: SentBy;
  readonly problem: LineProblem | null;
}

const outcome = (by: SentBy, answer: LineAnswer<unknown>): Outcome => ({
  by,
  problem: answer.ok ? null : answer.problem,
});

/** Only a token that LINE refuses leads on to a push: silence may mean that the reply arrived. */
async function deliver(
  client: LineClient,
  chat: LineChat,
  { text, sendKey }: Wish,
  token: string | null,
): Promise<Outcome> {
  const messages = [{ type: 'text', text }];
  if (token !== null) {
    const replied = outcome('reply', await client.reply(token, messages));
    if (replied.problem?.kind !== 'invalid') return replied;
  }
  return outcome('push', await client.push(chat.userId, messages, sendKey));
}

const isUnsure = ({ by, problem }: Outcome): boolean =>
  by === 'reply' && (problem?.kind === 'timeout' || problem?.kind === 'server');

export async function sendByOperator(
  strapi: Core.Strapi,
  chat: LineChat,
  wish: Wish,
): Promise<Result<{ by: SentBy | null }>> {
  const account = lineAccount(strapi, chat.account);
  if (!account) return refuse('line.unknown-account', 404);
  if (chat.status === 'blocked') return refuse('line.chat-blocked', 409);
  const db = database(strapi);
  const at = clock(strapi).now().getTime();
  // Written first: a second click, on this screen or another, finds it and sends nothing.
  if (!(await beginMessage(db, chat, { ...wish, at }))) return success({ by: null });
  const token = await takeReplyToken(db, chat.id, at);
  const done = await deliver(lineClient(strapi, account), chat, wish, token);
  if (done.problem === null || isUnsure(done)) await noteOutgoing(db, chat.id, at);
  if (done.problem === null) return success({ by: done.by });
  strapi.log.warn(`crm: a LINE message of an operator failed: ${describeProblem(done.problem)}`);
  if (isUnsure(done)) return refuse('line.chat-unsure', 409);
  await dropMessage(db, chat.account, wish.sendKey);
  const code = done.problem.kind === 'monthly-limit' ? 'line.chat-quota' : 'line.chat-failed';
  return refuse(code, 409);
}
