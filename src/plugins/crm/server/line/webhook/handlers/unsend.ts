import { z } from 'zod';

import { ensureFriend, unsendMessage } from '../../store';
import type { EventContext } from './handler';

const unsendSchema = z.object({ unsend: z.looseObject({ messageId: z.string().min(1).max(100) }) });

/** She took a message back: we keep that she did, and nothing of what it said. */
export async function unsend({ event, friend, commit }: EventContext): Promise<void> {
  const parsed = unsendSchema.safeParse(event);
  if (!parsed.success) return;
  const { messageId } = parsed.data.unsend;
  await commit(async ({ trx }) => {
    const { customerId } = await ensureFriend(trx, friend, event.timestamp);
    await unsendMessage(trx, { ...friend, customerId, messageId, at: event.timestamp });
  });
}
