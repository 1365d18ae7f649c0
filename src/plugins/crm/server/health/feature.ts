import { defineFeature, healthChecks } from '../kernel';
import { eventsCheck } from './checks/events';
import { schedulesCheck } from './checks/schedules';
import { workersCheck } from './checks/workers';
import { healthController } from './controller';
import { healthService } from '.';
import { healthMessages } from './messages';
import { healthRoutes } from './routes';
import { createHealthService } from './service';
import { healthMigrations } from './tables';
import { startWatch, stopWatch } from './watch';

export default defineFeature({
  name: 'health',
  migrations: healthMigrations,
  services: [healthService.provide(createHealthService)],
  controllers: { health: healthController },
  routes: healthRoutes,
  permissions: [
    { uid: 'health.read', displayName: 'See whether everything works', subCategory: 'health' },
    { uid: 'health.update', displayName: 'Choose who is told of faults', subCategory: 'health' },
  ],
  extensions: [workersCheck, schedulesCheck, eventsCheck].map((check) =>
    healthChecks.provide(({ strapi }) => check(strapi)),
  ),
  messages: healthMessages,
  bootstrap: ({ strapi }) => startWatch(strapi),
  destroy: ({ strapi }) => stopWatch(strapi),
});
