import { z } from 'zod';

import { asksForLink } from '../../domain/keyword';
import { replyTokenOf } from '../../domain/event';
import { offerLink } from '../../chat';
import { ensureFriend, logMessages } from '../../store';
import type { EventContext } from './handler';

const messageSchema = z.object({
  message: z.looseObject({
    id: z.string().min(1).max(100),
    type: z.string().min(1).max(50),
    text: z.string().optional(),
  }),
});

/** She writes: kept for the conversation; the keyword brings a fresh link button. */
export async function message(context: EventContext): Promise<void> {
  const { strapi, account, event, friend } = context;
  const parsed = messageSchema.safeParse(event);
  if (!parsed.success) return;
  const { id, type, text = null } = parsed.data.message;
  const { customerId } = await context.commit(async ({ trx }) => {
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
    return known;
  });
  const replyToken = replyTokenOf(event);
  if (!replyToken || text === null || !asksForLink(text)) return;
  await offerLink({ strapi, account, friend, replyToken }, { customerId });
}
