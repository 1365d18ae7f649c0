/** The one resend: to people who did not read the campaign, under a new subject. */
import type { Core } from '@strapi/strapi';

import { refuse, success, translate, type Locale, type Result } from '../../kernel';

import {
  insertCampaign,
  resendsOf,
  findCampaignByDocument,
  type CampaignRecord,
} from '../store/campaigns';

import { requireCampaign } from './find';

/** A draft beside the original; asked for again, the same one. */
export async function createResend(
  strapi: Core.Strapi,
  documentId: string,
  locale: Locale,
): Promise<Result<CampaignRecord>> {
  const found = await requireCampaign(strapi, documentId);
  if (!found.ok) return found;
  const original = found.value;
  if (original.status !== 'sent') return refuse('delivery.resend-not-sent', 409);
  if (original.resendOf !== null) return refuse('delivery.resend-again', 409);
  // LINE does not say who got it, so nobody can say who did not read it.
  if (original.lineNarrowing) return refuse('delivery.resend-narrowed', 409);
  const [known] = await resendsOf(strapi, documentId);
  if (known) return success(known);
  const { name, subject, preheader, lineAltText, source, segment, channels, channelRule } =
    original;
  const { linkTracking, shortageRule, topic, senders } = original;
  const words = { subject, preheader, lineAltText, source };
  const draft = await insertCampaign(strapi, {
    ...words,
    name: translate(strapi, locale, 'delivery.resend-name', { name }).slice(0, 120),
    segment,
    channels,
    channelRule,
    senders,
    linkTracking,
    shortageRule,
    lineNarrowing: null,
    resendOf: documentId,
    holdoutPercent: 0,
    test: null,
    topic,
    // The same newsletter need not stand in the archive twice.
    web: original.web === 'none' ? 'none' : 'link',
    webNoindex: true,
  });
  return success(draft);
}

/** Asked before a resend begins: who did not read it would not read it again under the same name. */
export async function mayResend(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<Result<true>> {
  if (campaign.resendOf === null) return success(true);
  const original = await findCampaignByDocument(strapi, campaign.resendOf);
  if (original?.status !== 'sent') return refuse('delivery.resend-not-sent', 409);
  const others = await resendsOf(strapi, campaign.resendOf);
  if (others.some(({ id, status }) => id !== campaign.id && status !== 'draft')) {
    return refuse('delivery.resend-twice', 409);
  }
  if (campaign.subject.trim() === original.subject.trim()) {
    return refuse('delivery.resend-same-subject', 400);
  }
  return success(true);
}
