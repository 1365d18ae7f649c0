import { customerLinks, linksOfTable, timelineSources } from '../customers';
import { crmConfig, defineFeature, healthChecks, personalData } from '../kernel';
import { accountPanels, transactionalMailer } from '../members';
import { segmentConditions, segmentUsages } from '../segments';

import { archivePages } from './archive/controller';
import { campaignUsages } from './campaigns/usages';
import { campaignSweep, expansionWorker } from './campaigns/life';
import { createMemoryChannel } from './channels/memory/send';
import { createSmsChannel } from './channels/sms/send';
import { createSmtpChannel } from './channels/smtp/send';
import { campaignContentType } from './content-type';
import { campaignsController } from './controller';
import { feedbackController } from './feedback/controller';
import { mailboxSchedule, receiptSweep } from './feedback/mailbox/poll';
import { deliveryChecks } from './health';
import { channels, deliveryService } from './index';
import { mailSendingController } from './mail-sending/controller';
import { deliveryMessages } from './messages';
import { configuredChannels } from './outbox/configured-channels';
import { outboxSweep, outboxWorker } from './outbox/outbox';
import { deliveryPages } from './page-controller';
import { messageData } from './personal-data';
import { preferenceData, preferencesPanel } from './preferences';
import { deliveryRoutes } from './routes';
import { sendingRulesController } from './rules-controller';
import { engagementConditions } from './conditions/engagement';
import { engagementSubscribers } from './subscribers';
import { createDeliveryService } from './service';
import { deliveryMigrations } from './tables';
import { messageTimeline } from './timeline';
import { topicsController } from './topics-controller';
import { trackingWishController } from './tracking-wish-controller';

export default defineFeature({
  name: 'delivery',
  contentTypes: { campaign: campaignContentType },
  controllers: {
    campaigns: campaignsController,
    'delivery-pages': deliveryPages,
    'delivery-archive': archivePages,
    'delivery-feedback': feedbackController,
    'mail-sending': mailSendingController,
    'sending-rules': sendingRulesController,
    topics: topicsController,
    'tracking-wish': trackingWishController,
  },
  routes: deliveryRoutes,
  permissions: [
    { uid: 'campaigns.read', displayName: 'Read campaigns and reports', subCategory: 'campaigns' },
    { uid: 'campaigns.update', displayName: 'Write campaigns', subCategory: 'campaigns' },
    { uid: 'campaigns.send', displayName: 'Send campaigns', subCategory: 'campaigns' },
    { uid: 'campaigns.rules', displayName: 'Change sending rules', subCategory: 'campaigns' },
  ],
  migrations: deliveryMigrations,
  services: [deliveryService.provide(createDeliveryService)],
  extensions: [
    channels.provide(({ strapi }) => createSmtpChannel(strapi)),
    channels.provide(({ strapi }) => createSmsChannel(strapi)),
    channels.provide(({ strapi }) => createMemoryChannel(crmConfig(strapi).delivery.memoryChannel)),
    timelineSources.provide(messageTimeline),
    customerLinks.provide(() => linksOfTable({ table: 'crm_messages', holds: true })),
    customerLinks.provide(() => linksOfTable({ table: 'crm_message_events', holds: false })),
    customerLinks.provide(() => linksOfTable({ table: 'crm_topic_refusals', holds: true })),
    customerLinks.provide(() => linksOfTable({ table: 'crm_contact_wishes', holds: true })),
    personalData.provide(messageData),
    personalData.provide(preferenceData),
    accountPanels.provide(preferencesPanel),
    segmentUsages.provide(campaignUsages),
    ...deliveryChecks.map((check) => healthChecks.provide(({ strapi }) => check(strapi))),
    ...engagementConditions.map((condition) => segmentConditions.provide(() => condition)),
    transactionalMailer.provide(({ strapi }) => ({
      send: (unit, mail) =>
        deliveryService(strapi).enqueueTransactional(unit, {
          ...mail,
          channel: 'email',
          address: mail.to,
        }),
    })),
  ],
  subscribers: engagementSubscribers,
  workers: [outboxWorker, expansionWorker],
  schedules: [outboxSweep, campaignSweep, mailboxSchedule, receiptSweep],
  messages: deliveryMessages,
  destroy: async ({ strapi }) => {
    for (const channel of configuredChannels(strapi)) await channel.close?.();
  },
});
