import { customerLinks, linksOfTable, timelineSources } from '../customers';
import { clock, database, defineFeature, personalData } from '../kernel';
import { activitiesController } from './controller';
import { activitiesService } from './index';
import { activitiesMessages } from './messages';
import { activitiesData } from './personal-data';
import { activitiesRoutes } from './routes';
import { createActivitiesService } from './service';
import { purgeDeleted } from './store/removal';
import { activitiesMigrations } from './tables';
import { noteTimeline, taskTimeline } from './timeline';

const KEPT_MS = 30 * 24 * 60 * 60_000;

export default defineFeature({
  name: 'activities',
  migrations: activitiesMigrations,
  controllers: { activities: activitiesController },
  routes: activitiesRoutes,
  services: [activitiesService.provide(createActivitiesService)],
  schedules: [
    {
      name: 'activities.purge',
      cron: '17 3 * * *',
      run: ({ strapi }) => purgeDeleted(database(strapi), clock(strapi).now().getTime() - KEPT_MS),
    },
  ],
  extensions: [
    timelineSources.provide(noteTimeline),
    timelineSources.provide(taskTimeline),
    customerLinks.provide(() => linksOfTable({ table: 'crm_notes', holds: true })),
    customerLinks.provide(() => linksOfTable({ table: 'crm_tasks', holds: true })),
    personalData.provide(activitiesData),
  ],
  messages: activitiesMessages,
});
