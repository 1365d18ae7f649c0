/** What there is to agree to: the words as they will be drawn, and whom they reach. */
import { createHash } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import { refuse, success, type Result } from '../../kernel';
import { segmentsService } from '../../segments';

import type { Agreement } from '../domain/agreement';
import type { CampaignRecord } from '../store/campaigns';
import { segmentDefinition } from '../store/segment-names';

import { audienceOf } from './audience';
import { compileVersions, digestOfVersions } from './versions';

/** The people are counted anew: a segment of yesterday says nothing about today. */
export async function agreementOf(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<Result<Agreement>> {
  const content = digestOfVersions(await compileVersions(strapi, campaign));
  if (content === null) return refuse('delivery.source-unpublished', 400);
  await segmentsService(strapi).refresh(campaign.segment ?? '');
  const reach = await audienceOf(strapi, campaign);
  if (!reach.ok) return reach;
  return success({
    content,
    audience: await audienceDigest(strapi, campaign),
    reach: reach.value.reached,
  });
}

async function audienceDigest(strapi: Core.Strapi, campaign: CampaignRecord): Promise<string> {
  const { channels, channelRule, linkTracking, shortageRule, resendOf, topic, senders } = campaign;
  const segment = await segmentDefinition(strapi, campaign.segment ?? '');
  const whom = [segment?.documentId, segment?.kind, segment?.rule];
  const listed =
    segment && segment.kind !== 'dynamic' ? await membersDigest(strapi, segment) : null;
  const parts: unknown[] = [whom, listed, channels, channelRule, linkTracking, shortageRule];
  parts.push(resendOf, topic);
  // Only where one was chosen: what was agreed to before there was a choice stays agreed to.
  if (Object.keys(senders).length > 0) parts.push(senders);
  if (campaign.lineNarrowing) parts.push(campaign.lineNarrowing);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

const PAGE = 50_000;

/** A rule says whom it means; of a list only its people do, and one may go for another who comes. */
async function membersDigest(
  strapi: Core.Strapi,
  { documentId }: { readonly documentId: string },
): Promise<string> {
  const hash = createHash('sha256');
  for (let after = 0; ;) {
    const ids = await segmentsService(strapi).memberIds(documentId, { after, limit: PAGE });
    const last = ids.at(-1);
    if (last === undefined) return hash.digest('hex');
    hash.update(`${ids.join()},`);
    after = last;
  }
}
