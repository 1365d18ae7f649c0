import { customerLinks, linksOfTable, timelineSources } from '../customers';
import { defineFeature, personalData } from '../kernel';
import { trackingAdminController } from './admin-controller';
import { trackingController } from './controller';
import { trackingService } from './index';
import { installTrackingLane } from './ingest/fast-lane';
import { intakeOf } from './ingest/intake';
import { messages } from './messages';
import { behaviourData } from './personal-data';
import { rollUp } from './retention/service';
import { trackingRoutes } from './routes';
import { createTrackingService } from './service';
import { trackingMigrations } from './tables';
import { behaviourTimeline } from './timeline';

export default defineFeature({
  name: 'tracking',
  controllers: { tracking: trackingController, 'tracking-admin': trackingAdminController },
  permissions: [
    { uid: 'tracking.read', displayName: 'See what is tracked', subCategory: 'tracking' },
    { uid: 'tracking.manage', displayName: 'Write keys and retention', subCategory: 'tracking' },
  ],
  schedules: [
    {
      name: 'tracking.roll-up',
      cron: '0 40 3 * * *',
      run: async ({ strapi }) => {
        await rollUp(strapi);
      },
    },
  ],
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
