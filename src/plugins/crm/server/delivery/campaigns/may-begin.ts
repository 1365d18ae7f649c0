import type { Core } from '@strapi/strapi';

import { clock, type Result } from '../../kernel';

import { mayMail } from '../sender-domain/service';
import type { CampaignRecord } from '../store/campaigns';

import { quotaBeforeSending } from './quota';
import { problemsBeforeSending } from './readiness';
import { mayResend } from './resend';

/** Asked at "send", at the approval, and again when a scheduled campaign begins. */
export async function mayBegin(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<Result<true>> {
  const again = await mayResend(strapi, campaign);
  if (!again.ok) return again;
  const aligned = await mayMail(strapi, campaign);
  if (!aligned.ok) return aligned;
  const at = Math.max(clock(strapi).now().getTime(), campaign.scheduledAt ?? 0);
  const ready = await problemsBeforeSending(strapi, campaign, at);
  return ready.ok ? quotaBeforeSending(strapi, campaign) : ready;
}
