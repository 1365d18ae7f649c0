/** What a channel that sends a whole campaign in one call may ask about its rows, and do with them. */
import type { Core } from '@strapi/strapi';

import { clock, database, giveWay } from '../../kernel';

import { refusedNow } from '../guard';
import { quietNow, sendingRules } from '../rules';
import { findCampaign, findCampaignByDocument } from '../store/campaigns';
import {
  blockGathered,
  failHandedOver,
  gatheredAfter,
  handOverGathered,
  isGathering,
  settleGathered,
  type GatheredRows,
} from '../store/gathered';

import { configuredChannels } from './configured-channels';
import type { Gathered } from './gathered-rows';

const PAGE = 1_000;

async function stateOf(strapi: Core.Strapi, rows: GatheredRows) {
  const campaign = await findCampaign(strapi, rows.campaignId);
  if (!campaign || campaign.status === 'cancelled' || campaign.status === 'sent') return 'stopped';
  if (campaign.status !== 'sending' || campaign.expandedAt === null) return 'waits';
  if (quietNow(strapi, await sendingRules(strapi)) !== null) return 'waits';
  return (await isGathering(database(strapi), rows)) ? 'waits' : 'complete';
}

async function recheck(strapi: Core.Strapi, rows: GatheredRows) {
  const channel = configuredChannels(strapi).find(({ key }) => key === rows.channel);
  const campaign = await findCampaign(strapi, rows.campaignId);
  if (!channel || !campaign) return 'waits';
  const { resendOf, topic } = campaign;
  const original = resendOf === null ? null : await findCampaignByDocument(strapi, resendOf);
  const occasion = { original: original?.id ?? null, topic };
  let changed = false;
  let waits = false;
  for (let after = 0; ;) {
    const page = await gatheredAfter(database(strapi), rows, { after, limit: PAGE });
    const last = page.at(-1);
    if (!last) break;
    const { refused, waiting } = await refusedNow(strapi, channel, page, occasion);
    await blockGathered(database(strapi), refused);
    changed ||= refused.size > 0;
    waits ||= waiting.size > 0;
    after = last.id;
    await giveWay(strapi);
  }
  if (changed) return 'changed';
  return waits ? 'waits' : 'unchanged';
}

export function createGathered(strapi: Core.Strapi): Gathered {
  const now = () => clock(strapi).now().getTime();
  return {
    stateOf: (rows) => stateOf(strapi, rows),
    after: (rows, page) => gatheredAfter(database(strapi), rows, page),
    recheck: (rows) => recheck(strapi, rows),
    handOver: (trx, rows) => handOverGathered(trx, rows, now()),
    async settle(rows, outcome) {
      await settleGathered(database(strapi), rows, outcome, now());
    },
    campaignOf: ({ campaignId }) => findCampaign(strapi, campaignId),
    async failAfterwards(rows, reason) {
      await failHandedOver(database(strapi), rows, reason);
    },
  };
}
