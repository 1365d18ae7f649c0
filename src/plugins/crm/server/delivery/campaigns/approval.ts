/** Four eyes: a campaign to many people goes out when somebody else has looked at it. */
import type { Core } from '@strapi/strapi';

import { refuse, success, type Result } from '../../kernel';

import { stillHolds, type Agreement } from '../domain/agreement';
import { sendingRules } from '../rules';
import { findCampaign, transition, type CampaignRecord } from '../store/campaigns';

import { agreementOf } from './agreement';
import { letGo } from './begin';
import { requireCampaign } from './find';
import { mayBegin } from './may-begin';

/**
 * True when it would reach more people than one person may decide about, and nobody else agreed to
 * these words, to these people.
 */
export async function needsApproval(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<boolean> {
  const { approvalAbove } = await sendingRules(strapi);
  if (approvalAbove === null) return false;
  const now = await agreementOf(strapi, campaign);
  // What cannot be counted is taken for too many: whoever is asked to agree is told why it cannot.
  if (!now.ok) return true;
  if (now.value.reach <= approvalAbove) return false;
  return campaign.agreed === null || !stillHolds(campaign.agreed, now.value);
}

/**
 * Whoever may send may agree, except who asked. `seen` is what she had before her eyes: where the
 * words or the people have become others since, she is asked to look again.
 */
export async function approveCampaign(
  strapi: Core.Strapi,
  documentId: string,
  by: number,
  seen: Agreement,
): Promise<Result<CampaignRecord>> {
  const found = await requireCampaign(strapi, documentId);
  if (!found.ok) return found;
  const campaign = found.value;
  if (campaign.status !== 'awaiting') return refuse(`delivery.campaign-is-${campaign.status}`, 409);
  if (campaign.requestedBy === by) return refuse('delivery.approval-own', 403);
  const ready = await mayBegin(strapi, campaign);
  if (!ready.ok) return ready;
  const now = await agreementOf(strapi, campaign);
  if (!now.ok) return now;
  if (!stillHolds(seen, now.value)) return refuse('delivery.approval-changed', 409);
  const agreement = { approvedBy: by, agreed: now.value };
  await transition(strapi, campaign.id, ['awaiting'], agreement);
  return letGo(strapi, { ...campaign, ...agreement }, ['awaiting']);
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
    agreed: null,
    scheduledAt: null,
  } as const;
  if (!(await transition(strapi, id, ['awaiting'], change))) {
    return refuse(`delivery.campaign-is-${status}`, 409);
  }
  return success((await findCampaign(strapi, id)) ?? found.value);
}

/**
 * The words became others while it was going out, so it stands still; who goes on agrees to the
 * new ones as they were on her screen, and that is not who asked.
 */
export async function agreeToGoOn(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  by: number,
  seen: Agreement | undefined,
): Promise<Result<Partial<CampaignRecord>>> {
  if (campaign.holdReason !== 'content-changed') return success({});
  if (campaign.requestedBy === by) return refuse('delivery.approval-own', 403);
  const now = await agreementOf(strapi, campaign);
  if (!now.ok) return now;
  if (!seen || !stillHolds(seen, now.value)) return refuse('delivery.approval-changed', 409);
  return success({ approvedBy: by, agreed: now.value });
}
