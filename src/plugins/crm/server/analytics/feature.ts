import { defineFeature } from '../kernel';
import { eventsKeepers } from '../tracking';
import { homeController, pathsController } from './controller';
import { analyticsService } from '.';
import { pathsKeeper } from './paths/service';
import { reportMailController } from './report-mail/controller';
import { reportMailMessages } from './report-mail/messages';
import { reportMailSchedule } from './report-mail/service';
import { analyticsRoutes } from './routes';
import { createAnalyticsService } from './service';
import { analyticsMigrations } from './tables';

export default defineFeature({
  name: 'analytics',
  services: [analyticsService.provide(createAnalyticsService)],
  controllers: {
    home: homeController,
    'page-paths': pathsController,
    'report-mail': reportMailController,
  },
  migrations: analyticsMigrations,
  extensions: [eventsKeepers.provide(pathsKeeper)],
  routes: analyticsRoutes,
  schedules: [reportMailSchedule],
  messages: reportMailMessages,
  permissions: [
    { uid: 'home.read', displayName: 'Home', subCategory: 'home' },
    { uid: 'reports.update', displayName: 'Weekly report by mail', subCategory: 'home' },
    { uid: 'paths.read', displayName: 'Pages before a purchase', subCategory: 'home' },
  ],
});
