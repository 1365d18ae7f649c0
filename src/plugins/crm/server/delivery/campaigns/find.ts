import type { Core } from '@strapi/strapi';

import { refuse, success, type Result } from '../../kernel';

import { findCampaignByDocument, type CampaignRecord } from '../store/campaigns';

export async function requireCampaign(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<CampaignRecord>> {
  const campaign = await findCampaignByDocument(strapi, documentId);
  return campaign ? success(campaign) : refuse('delivery.campaign-not-found', 404);
}
