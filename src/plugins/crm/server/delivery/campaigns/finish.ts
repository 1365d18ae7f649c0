import type { Core } from '@strapi/strapi';

import { clock, database, inTransaction } from '../../kernel';

import { campaignSent } from '../index';
import { transition } from '../store/campaigns';
import { hasOpenMessages } from '../store/messages';

/** Closes a campaign when every row has been answered for. Rows that are `unknown` do not hold it. */
export async function finishWhenDone(strapi: Core.Strapi, campaignId: number): Promise<void> {
  if (await hasOpenMessages(database(strapi), campaignId)) return;
  await inTransaction(strapi, async (unit) => {
    const finishedAt = clock(strapi).now().getTime();
    const closed = await transition(strapi, campaignId, ['sending'], {
      status: 'sent',
      finishedAt,
    });
    if (closed) await unit.publish(campaignSent, { campaignId });
  });
}
