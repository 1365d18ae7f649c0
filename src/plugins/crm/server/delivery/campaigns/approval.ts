/** Four eyes: a campaign to many people goes out when somebody else has looked at it. */
import type { Core } from '@strapi/strapi';

import { refuse, success, type Result } from '../../kernel';

import { sendingRules } from '../rules';
import { findCampaign, transition, type CampaignRecord } from '../store/campaigns';

import { audienceOf } from './audience';
import { letGo } from './begin';
import { requireCampaign } from './find';
import { mayBegin } from './may-begin';

/** True when it would reach more people than one person may decide about. */
export async function needsApproval(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<boolean> {
  const { approvalAbove } = await sendingRules(strapi);
  if (approvalAbove === null || campaign.approvedBy !== null) return false;
  const reach = await audienceOf(strapi, campaign);
  return reach.ok && reach.value.reached > approvalAbove;
}

/** Whoever may send may agree, except who asked. */
export async function approveCampaign(
  strapi: Core.Strapi,
  documentId: string,
  by: number,
): Promise<Result<CampaignRecord>> {
  const found = await requireCampaign(strapi, documentId);
  if (!found.ok) return found;
  const campaign = found.value;
  if (campaign.status !== 'awaiting') return refuse(`delivery.campaign-is-${campaign.status}`, 409);
  if (campaign.requestedBy === by) return refuse('delivery.approval-own', 403);
  const ready = await mayBegin(strapi, campaign);
  if (!ready.ok) return ready;
  await transition(strapi, campaign.id, ['awaiting'], { approvedBy: by });
  return letGo(strapi, { ...campaign, approvedBy: by }, ['awaiting']);
}

/** Back to the desk; whoever asked sees it as a draft again. */
export async function rejectCampaign(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<CampaignRecord>> {
  const found = await requireCampaign(strapi, documentId);
  if (!found.ok) return found;
  const { id, status } = found.value;
  const change = {
    status: 'draft',
    requestedBy: null,
    approvedBy: null,
    scheduledAt: null,
  } as const;
  if (!(await transition(strapi, id, ['awaiting'], change))) {
    return refuse(`delivery.campaign-is-${status}`, 409);
  }
  return success((await findCampaign(strapi, id)) ?? found.value);
}
