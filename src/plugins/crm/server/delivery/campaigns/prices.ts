/** What a message of a campaign costs, before it is written. */
import type { Core } from '@strapi/strapi';

import type { CampaignInput } from '../../../shared/delivery';

import type { Channel } from '../channels/channel';
import { compileCampaign, renderWhole } from '../composition';

import type { PriceOfMessage } from './tally';

/** By the content with all its blocks: what a person may not see makes hers cheaper. */
export async function pricesOf(
  strapi: Core.Strapi,
  source: CampaignInput['source'],
  channels: readonly Channel[],
): Promise<PriceOfMessage> {
  const inParts = channels.some(({ partsOf }) => partsOf);
  const texts = { subject: '', preheader: '', lineAltText: '' };
  const compiled = inParts ? await compileCampaign(strapi, { source, ...texts }) : null;
  const parts = new Map<string, number>();
  for (const channel of channels) {
    const rendered = compiled && channel.partsOf && renderWhole(strapi, compiled, channel);
    if (rendered) parts.set(channel.key, channel.partsOf?.(rendered) ?? 1);
  }
  const byKey = new Map(channels.map((channel) => [channel.key, channel]));
  return (key, address) => {
    const price = byKey.get(key)?.priceOf?.(address) ?? null;
    return price === null ? null : price * (parts.get(key) ?? 1);
  };
}
