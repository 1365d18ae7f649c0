import { defineFeature } from '../kernel';
import { publishingController } from './controller';
import { publishingService } from './index';
import { messages } from './messages';
import { publishingRoutes } from './routes';
import { changePlan, planOf, publishDue } from './service';
import { publishingMigrations } from './tables';

export default defineFeature({
  name: 'publishing',
  controllers: { publishing: publishingController },
  services: [
    publishingService.provide(({ strapi }) => ({
      planOf: (target) => planOf(strapi, target),
      changePlan: (plan) => changePlan(strapi, plan),
    })),
  ],
  routes: publishingRoutes,
  migrations: publishingMigrations,
  permissions: [{ uid: 'publishing.read', displayName: 'Plan publishing', subCategory: 'Content' }],
  schedules: [
    {
      name: 'publishing.due',
      cron: '* * * * *',
      run: async ({ strapi }) => {
        await publishDue(strapi);
      },
    },
  ],
  messages,
});
