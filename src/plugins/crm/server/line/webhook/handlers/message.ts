import { z } from 'zod';

import { asksForLink } from '../../domain/keyword';
import { replyTokenOf } from '../../domain/event';
import { clock, database } from '../../../kernel';
import { answerWith, offerLink } from '../../chat';
import { autoReplyTo } from '../../chats/auto-reply';
import { ensureFriend, keepReplyToken, logMessages, noteIncoming } from '../../store';
import type { EventContext } from './handler';

const messageSchema = z.object({
  message: z.looseObject({
    id: z.string().min(1).max(100),
    type: z.string().min(1).max(50),
    text: z.string().optional(),
  }),
});

/** LINE lets a token live a minute; what is on its way needs a moment. */
const TOKEN_LIVES_MS = 50_000;

/** She writes: kept for the conversation; an operator answers, or the account by itself. */
export async function message(context: EventContext): Promise<void> {
  const { strapi, account, event, friend } = context;
  const parsed = messageSchema.safeParse(event);
  if (!parsed.success) return;
  const { id, type, text = null } = parsed.data.message;
  const { customerId, hasOperator } = await context.commit(async ({ trx }) => {
    const known = await ensureFriend(trx, friend, event.timestamp);
    await logMessages(trx, [
      {
        ...friend,
        customerId: known.customerId,
        direction: 'in',
        messageId: id,
        type,
        text,
        at: event.timestamp,
      },
    ]);
    const { hasOperator: taken } = await noteIncoming(trx, friend, event.timestamp);
    return { customerId: known.customerId, hasOperator: taken };
  });
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
