import { defineFeature } from '../kernel';
import { eventsKeepers } from '../tracking';
import { homeController, pathsController } from './controller';
import { analyticsService } from '.';
import { pathsKeeper } from './paths/service';
import { analyticsRoutes } from './routes';
import { createAnalyticsService } from './service';
import { analyticsMigrations } from './tables';

export default defineFeature({
  name: 'analytics',
  services: [analyticsService.provide(createAnalyticsService)],
  controllers: { home: homeController, 'page-paths': pathsController },
  migrations: analyticsMigrations,
  extensions: [eventsKeepers.provide(pathsKeeper)],
  routes: analyticsRoutes,
  permissions: [
    { uid: 'home.read', displayName: 'Home', subCategory: 'home' },
    { uid: 'paths.read', displayName: 'Pages before a purchase', subCategory: 'home' },
  ],
});
