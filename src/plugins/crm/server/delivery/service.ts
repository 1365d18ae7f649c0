import { randomUUID } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import { clock, jobs } from '../kernel';

import { figuresOf } from './campaigns/figures';
import { lanePointer } from './domain/lane';
import { withheldNow } from './guard';
import type { BegunCampaign, DeliveryService } from './index';
import { configuredChannels } from './outbox/configured-channels';
import { createGathered } from './outbox/gathered';
import { drainLane, sweepOutbox, wakeLane } from './outbox/outbox';
import { campaignsBegun } from './store/campaigns';
import { insertDirect } from './store/direct';

export function createDeliveryService({ strapi }: { strapi: Core.Strapi }): DeliveryService {
  return {
    async enqueueTransactional(unit, message) {
      const { channel, address, locale, template, subject, html, text, lineMessages } = message;
      const retryKey = randomUUID();
      await insertDirect(
        unit.trx,
        {
          customer_id: message.customerId ?? null,
          channel,
          stream: 'transactional',
          guard_reason: 'transactional',
          unique_key: `direct:${message.uniqueKey ?? retryKey}`,
          address,
          locale,
          retry_key: retryKey,
          payload: JSON.stringify({ template, subject, html, text, lineMessages }),
        },
        clock(strapi).now().getTime(),
      );
      unit.afterCommit(() => wakeLane(strapi, { campaignId: null, channel }));
    },

    channels: () => configuredChannels(strapi),

    gathered: createGathered(strapi),

    withheld: (messageIds) => withheldNow(strapi, messageIds),

    sendWaiting: (channel) => drainLane(strapi, lanePointer({ campaignId: null, channel })),

    async begunBetween(period, limit) {
      const { campaigns, total } = await campaignsBegun(strapi, period, limit);
      const withFigures: BegunCampaign[] = [];
      for (const { id, documentId, name } of campaigns) {
        withFigures.push({ documentId, name, figures: await figuresOf(strapi, id) });
      }
      return { campaigns: withFigures, total };
    },

    async drain() {
      await sweepOutbox(strapi);
      await jobs(strapi).idle();
    },
  };
}
