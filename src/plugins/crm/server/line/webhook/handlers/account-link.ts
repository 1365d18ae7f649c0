import { z } from 'zod';

import { replyTokenOf } from '../../domain/event';
import { confirmLink } from '../../chat';
import { completeLink } from '../../linking/complete-link';
import { ensureFriend } from '../../store';
import type { EventContext } from './handler';

const linkSchema = z.object({
  link: z.looseObject({ result: z.string(), nonce: z.string().min(1).max(255) }),
});

/** LINE says that the person who pressed the button is the person whose link it was. */
export async function accountLink(context: EventContext): Promise<void> {
  const { strapi, account, event, friend } = context;
  const parsed = linkSchema.safeParse(event);
  if (!parsed.success || parsed.data.link.result !== 'ok') return;
  const { nonce } = parsed.data.link;
  const outcome = await context.commit(async (unit) => {
    await ensureFriend(unit.trx, friend, event.timestamp);
    return completeLink(strapi, unit, { friend, nonce, at: event.timestamp });
  });
  const replyToken = replyTokenOf(event);
  if (replyToken) await confirmLink({ strapi, account, friend, replyToken }, outcome);
}
