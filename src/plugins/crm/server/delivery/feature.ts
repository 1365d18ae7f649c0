import { crmConfig, defineFeature } from '../kernel';

import { createMemoryChannel } from './channels/memory/send';
import { createSmtpChannel } from './channels/smtp/send';
import { channels, deliveryService } from './index';
import { configuredChannels, outboxSweep, outboxWorker } from './outbox/outbox';
import { createDeliveryService } from './service';
import { deliveryMigrations } from './tables';

export default defineFeature({
  name: 'delivery',
  migrations: deliveryMigrations,
  services: [deliveryService.provide(createDeliveryService)],
  extensions: [
    channels.provide(({ strapi }) => createSmtpChannel(strapi)),
    channels.provide(({ strapi }) => createMemoryChannel(crmConfig(strapi).delivery.memoryChannel)),
  ],
  workers: [outboxWorker],
  schedules: [outboxSweep],
  destroy: async ({ strapi }) => {
    for (const channel of configuredChannels(strapi)) await channel.close?.();
  },
});
