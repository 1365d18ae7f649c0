import { z } from 'zod';

import { LINK_POSTBACK } from '../../domain/keyword';
import { replyTokenOf } from '../../domain/event';
import { offerLink } from '../../chat';
import { ensureFriend, logMessages } from '../../store';
import type { EventContext } from './handler';

const postbackSchema = z.object({ postback: z.looseObject({ data: z.string().max(1000) }) });

/** A tap on a button or rich menu that carries data. */
export async function postback(context: EventContext): Promise<void> {
  const { strapi, account, event, friend } = context;
  const parsed = postbackSchema.safeParse(event);
  if (!parsed.success) return;
  const { data } = parsed.data.postback;
  const { customerId } = await context.commit(async ({ trx }) => {
    const known = await ensureFriend(trx, friend, event.timestamp);
    await logMessages(trx, [
      {
        ...friend,
        customerId: known.customerId,
        direction: 'in',
        // A postback has no message id of its own.
        messageId: `postback:${event.webhookEventId}`,
        type: 'postback',
        text: data,
        at: event.timestamp,
      },
    ]);
    return known;
  });
  const replyToken = replyTokenOf(event);
  if (replyToken && data === LINK_POSTBACK) {
    await offerLink({ strapi, account, friend, replyToken }, { customerId });
  }
}
