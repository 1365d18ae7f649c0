import { defineFeature } from '../kernel';
import { publishingController } from './controller';
import { messages } from './messages';
import { publishingRoutes } from './routes';
import { publishDue } from './service';
import { publishingMigrations } from './tables';

export default defineFeature({
  name: 'publishing',
  controllers: { publishing: publishingController },
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
