import { defineFeature } from '../kernel';
import { trackingService } from './index';
import { createTrackingService } from './service';
import { trackingMigrations } from './tables';

export default defineFeature({
  name: 'tracking',
  services: [trackingService.provide(createTrackingService)],
  migrations: trackingMigrations,
});
