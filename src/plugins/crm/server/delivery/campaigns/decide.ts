import type { Core } from '@strapi/strapi';

import { clock, database, refuse, success, type Result } from '../../kernel';

import { wakeLane } from '../outbox/outbox';
import { findCampaign, transition } from '../store/campaigns';
import { decideUnknown, findMessage } from '../store/messages';

/** A person decides what became of a message that nobody can tell about. */
export async function decideMessage(
  strapi: Core.Strapi,
  messageId: number,
  decision: 'resend' | 'sent',
): Promise<Result<{ data: { id: number; decision: string } }>> {
  const db = database(strapi);
  const message = await findMessage(db, messageId);
  if (!message) return refuse('delivery.message-not-found', 404);
  const now = clock(strapi).now().getTime();
  if (!(await decideUnknown(db, messageId, decision, now))) {
    return refuse('delivery.message-decided', 409);
  }
  if (decision === 'resend') {
    const campaignId = message.campaign_id;
    if (campaignId !== null && (await findCampaign(strapi, campaignId))) {
      await transition(strapi, campaignId, ['sent'], { status: 'sending' });
    }
    wakeLane(strapi, { campaignId, channel: message.channel });
  }
  return success({ data: { id: messageId, decision } });
}
