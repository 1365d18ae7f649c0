import type { Core } from '@strapi/strapi';

import type { Result } from '../../kernel';

import type { CampaignRecord } from '../store/campaigns';

import { quotaBeforeSending } from './quota';
import { problemsBeforeSending } from './readiness';

/** Asked at "send", at the approval, and again when a scheduled campaign begins. */
export async function mayBegin(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<Result<true>> {
  const ready = await problemsBeforeSending(strapi, campaign);
  return ready.ok ? quotaBeforeSending(strapi, campaign) : ready;
}
