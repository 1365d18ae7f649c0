/** Campaigns that stand on the web. What was only planned never does. */
import type { Core } from '@strapi/strapi';

import { campaignUid } from '../content-type';

import { findCampaignByDocument, parseCampaign, type CampaignRecord } from './campaigns';

const PAGE = 20;
/** Something of it went out; a cancelled one may have gone to some. */
const GONE_OUT = ['sending', 'paused', 'sent'] as const;

/** Newest first, by primary key. */
export async function archivedCampaigns(
  strapi: Core.Strapi,
  { topic, before }: { readonly topic?: number; readonly before?: number },
): Promise<{ readonly campaigns: readonly CampaignRecord[]; readonly next: number | null }> {
  const rows: unknown[] = await strapi.db.query(campaignUid).findMany({
    where: {
      web: 'archive',
      status: { $in: [...GONE_OUT] },
      ...(topic !== undefined && { topic }),
      ...(before !== undefined && { id: { $lt: before } }),
    },
    orderBy: { id: 'desc' },
    limit: PAGE,
  });
  const campaigns = rows.flatMap((row) => parseCampaign(row) ?? []);
  return { campaigns, next: rows.length === PAGE ? (campaigns.at(-1)?.id ?? null) : null };
}

/** One that may be shown behind its address. */
export async function shownCampaign(
  strapi: Core.Strapi,
  documentId: string,
): Promise<CampaignRecord | null> {
  const campaign = await findCampaignByDocument(strapi, documentId);
  const isOut = GONE_OUT.some((status) => status === campaign?.status);
  return campaign && isOut && campaign.web !== 'none' ? campaign : null;
}
