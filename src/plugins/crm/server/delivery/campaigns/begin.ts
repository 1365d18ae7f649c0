/** From "send it" to the first row: at once, at its time, or after the moment in which it can be taken back. */
import type { Core } from '@strapi/strapi';

import type { CampaignStatus } from '../../../shared/delivery';
import { clock, jobs, refuse, success, type Result } from '../../kernel';
import { segmentsService } from '../../segments';

import { sendingRules } from '../rules';
import { findCampaign, transition, type CampaignRecord } from '../store/campaigns';

export const EXPANSION_QUEUE = 'delivery.expansion';

/** Of two that try at once, one wins; the other is told what the campaign is by now. */
export async function step(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  from: readonly CampaignStatus[],
  change: Parameters<typeof transition>[3],
): Promise<Result<CampaignRecord>> {
  const changed = await transition(strapi, campaign.id, from, change);
  const current = (await findCampaign(strapi, campaign.id)) ?? campaign;
  return changed ? success(current) : refuse(`delivery.campaign-is-${current.status}`, 409);
}

/** Everything was checked: it starts now. */
export async function beginCampaign(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  from: readonly CampaignStatus[],
): Promise<Result<CampaignRecord>> {
  await segmentsService(strapi).refresh(campaign.segment ?? '');
  const started = await step(strapi, campaign, from, {
    status: 'sending',
    startedAt: clock(strapi).now().getTime(),
  });
  if (started.ok) jobs(strapi).enqueue(EXPANSION_QUEUE, String(campaign.id));
  return started;
}

/** At `scheduledAt` when that is to come, else now, or as soon as nobody can take it back any more. */
export async function letGo(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  from: readonly CampaignStatus[],
): Promise<Result<CampaignRecord>> {
  const { cancelWindowSeconds } = await sendingRules(strapi);
  const soonest = clock(strapi).now().getTime() + cancelWindowSeconds * 1000;
  const scheduledAt = Math.max(soonest, campaign.scheduledAt ?? 0);
  return scheduledAt > clock(strapi).now().getTime()
    ? step(strapi, campaign, from, { status: 'scheduled', scheduledAt })
    : beginCampaign(strapi, campaign, from);
}
