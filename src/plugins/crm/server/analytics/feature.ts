import { defineFeature } from '../kernel';
import { homeController } from './controller';
import { analyticsService } from '.';
import { analyticsRoutes } from './routes';
import { createAnalyticsService } from './service';

export default defineFeature({
  name: 'analytics',
  services: [analyticsService.provide(createAnalyticsService)],
  controllers: { home: homeController },
  routes: analyticsRoutes,
  permissions: [{ uid: 'home.read', displayName: 'Home', subCategory: 'home' }],
});
