import { z } from 'zod';

import { ensureFriend, logMessages, noteIncoming } from '../../store';
import { answerTo } from '../answer';
import type { EventContext } from './handler';

const messageSchema = z.object({
  message: z.looseObject({
    id: z.string().min(1).max(100),
    type: z.string().min(1).max(50),
    text: z.string().optional(),
  }),
});

/** She writes: kept for the conversation; an operator answers, or the account by itself. */
export async function message(context: EventContext): Promise<void> {
  const { event, friend } = context;
  const parsed = messageSchema.safeParse(event);
  if (!parsed.success) return;
  const { id, type, text = null } = parsed.data.message;
  const known = await context.commit(async ({ trx }) => {
    const { customerId } = await ensureFriend(trx, friend, event.timestamp);
    await logMessages(trx, [
      {
        ...friend,
        customerId,
        direction: 'in',
        messageId: id,
        type,
        text,
        at: event.timestamp,
      },
    ]);
    const { hasOperator } = await noteIncoming(trx, friend, event.timestamp);
    return { customerId, hasOperator };
  });
  await answerTo(context, text, known);
}
