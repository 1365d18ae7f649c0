/**
 * Quota before sending. It speaks twice: in the composer and at "send", from the reach as it is
 * estimated; and when every row is written and none is sent yet, from the rows. A campaign goes as
 * a whole, or trimmed by the rule that was chosen, and never by half without a word.
 */
import type { Core } from '@strapi/strapi';

import type { HoldReason, QuotaView } from '../../../shared/delivery';
import { clock, database, refuse, success, type Result } from '../../kernel';

import { channelsFor } from '../outbox/configured-channels';
import { transition, type CampaignRecord } from '../store/campaigns';
import { queuedBySender, trimToQuota } from '../store/quota';

import { audienceOf } from './audience';
import { leftOf, rowsOf, sendersOf } from './quota-view';

const isShort = ({ state, needed }: QuotaView): boolean =>
  state !== null && state.left !== null && state.left < needed;

/** At "send" and "schedule": refuses what would be too much now, where that is the rule. */
export async function quotaBeforeSending(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<Result<true>> {
  const counts = channelsFor(strapi, campaign).some(({ quotas }) => quotas);
  // LINE chooses a part of them, nobody knows how large, and is told what to do where it is too much.
  if (campaign.lineNarrowing) return success(true);
  if (!counts || campaign.shortageRule !== 'refuse') return success(true);
  const reach = await audienceOf(strapi, campaign);
  if (!reach.ok) return reach;
  const short = reach.value.quotas.find(isShort);
  if (!short) return success(true);
  const params = { sender: short.sender, left: short.state?.left ?? 0, needed: short.needed };
  return refuse('delivery.quota-short', 409, { params });
}

/** When every row is written: true lets the campaign go, a reason holds it. */
async function verdictOf(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<HoldReason | null> {
  if (campaign.lineNarrowing) return null;
  const db = database(strapi);
  for (const sender of await sendersOf(strapi, campaign, campaign.id)) {
    const needed = await queuedBySender(db, campaign.id, rowsOf(sender));
    const left = leftOf(sender);
    if (needed === 0 || left === null) continue;
    if (left === undefined) return 'quota-unknown';
    if (needed <= left) continue;
    if (campaign.shortageRule === 'refuse') return 'quota-short';
    await trimToQuota(db, campaign.id, rowsOf(sender), { rule: campaign.shortageRule, left });
  }
  return null;
}

/** True: the rows may go out. False: the campaign waits for a person, and nobody got anything. */
export async function openByQuota(strapi: Core.Strapi, campaign: CampaignRecord): Promise<boolean> {
  const holdReason = await verdictOf(strapi, campaign);
  if (holdReason === null) {
    const expandedAt = clock(strapi).now().getTime();
    return transition(strapi, campaign.id, ['sending', 'paused'], { expandedAt });
  }
  strapi.log.warn(`crm: campaign ${campaign.name} is held: ${holdReason}`);
  await transition(strapi, campaign.id, ['sending'], { status: 'paused', holdReason });
  return false;
}
