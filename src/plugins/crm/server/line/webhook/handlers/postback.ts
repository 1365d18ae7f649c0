import { z } from 'zod';

import { LINK_POSTBACK, saidBehind } from '../../domain/keyword';
import { replyTokenOf } from '../../domain/event';
import { offerLink } from '../../chat';
import { spokenTap } from '../../rich-menus/tap';
import { ensureFriend, logMessages, noteIncoming } from '../../store';
import { answerTo } from '../answer';
import type { EventContext } from './handler';

const postbackSchema = z.object({ postback: z.looseObject({ data: z.string().max(1000) }) });

/** A tap on a button or rich menu that carries data. */
export async function postback(context: EventContext): Promise<void> {
  const { strapi, account, event, friend } = context;
  const parsed = postbackSchema.safeParse(event);
  if (!parsed.success) return;
  const { data } = parsed.data.postback;
  // A field of a rich menu or a quick reply that speaks for her: kept and answered as if she had
  // written it.
  const tap = await spokenTap(strapi, data);
  const said = tap?.said ?? saidBehind(data);
  const known = await context.commit(async ({ trx }) => {
    const { customerId } = await ensureFriend(trx, friend, event.timestamp);
    await logMessages(trx, [
      {
        ...friend,
        customerId,
        direction: 'in',
        // A postback has no message id of its own.
        messageId: `postback:${event.webhookEventId}`,
        type: 'postback',
        text: said ?? data,
        at: event.timestamp,
      },
    ]);
    if (said === null) return { customerId, hasOperator: false };
    await tap?.count(trx);
    const { hasOperator } = await noteIncoming(trx, friend, event.timestamp);
    return { customerId, hasOperator };
  });
  if (said !== null) return answerTo(context, said, known);
  const replyToken = replyTokenOf(event);
  if (replyToken && data === LINK_POSTBACK) {
    await offerLink({ strapi, account, friend, replyToken }, known);
  }
}
