import { customerLinks, linksOfTable, timelineSources } from '../customers';
import { defineFeature, personalData } from '../kernel';
import { trackingController } from './controller';
import { trackingService } from './index';
import { installTrackingLane } from './ingest/fast-lane';
import { intakeOf } from './ingest/intake';
import { messages } from './messages';
import { behaviourData } from './personal-data';
import { trackingRoutes } from './routes';
import { createTrackingService } from './service';
import { trackingMigrations } from './tables';
import { behaviourTimeline } from './timeline';

export default defineFeature({
  name: 'tracking',
  controllers: { tracking: trackingController },
  services: [trackingService.provide(createTrackingService)],
  routes: trackingRoutes,
  migrations: trackingMigrations,
  extensions: [
    timelineSources.provide(behaviourTimeline),
    customerLinks.provide(() => linksOfTable({ table: 'crm_events', holds: true })),
    customerLinks.provide(() => linksOfTable({ table: 'crm_visitors', holds: false })),
    personalData.provide(behaviourData),
  ],
  messages,
  register: ({ strapi }) => installTrackingLane(strapi),
  // Whoever was told to wait gets an answer before the database closes.
  destroy: ({ strapi }) => intakeOf(strapi).idle(),
});
