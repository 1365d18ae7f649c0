import { customerLinks, timelineSources } from '../customers';
import { defineFeature, personalData } from '../kernel';
import { segmentSchema } from './content-type';
import { segmentsController } from './controller';
import { customerListExtensions } from './customer-list';
import { segmentsService, segmentUsages } from './index';
import { messages } from './messages';
import { refreshWhatTimeChanged } from './refresh';
import { segmentData } from './personal-data';
import { forgetOldStays } from './retention';
import { segmentLinks } from './links';
import { segmentRoutes } from './routes';
import { createSegmentsService } from './service';
import { segmentSubscribers } from './subscribers';
import { segmentMigrations } from './tables';
import { segmentTimeline } from './timeline';
import { noteProblems } from './usable';
import { nestingUsages } from './segment-editing';

export default defineFeature({
  name: 'segments',
  contentTypes: { segment: { schema: segmentSchema } },
  controllers: { segments: segmentsController },
  services: [segmentsService.provide(createSegmentsService)],
  routes: segmentRoutes,
  permissions: [
    { uid: 'segments.read', displayName: 'Read segments', subCategory: 'segments' },
    { uid: 'segments.update', displayName: 'Change segments', subCategory: 'segments' },
  ],
  migrations: segmentMigrations,
  subscribers: segmentSubscribers,
  extensions: [
    ...customerListExtensions,
    customerLinks.provide(segmentLinks),
    personalData.provide(segmentData),
    timelineSources.provide(segmentTimeline),
    segmentUsages.provide(nestingUsages),
  ],
  schedules: [
    {
      name: 'segments.time-clauses',
      cron: '5 * * * * *',
      run: ({ strapi }, now) => refreshWhatTimeChanged(strapi, now),
    },
    {
      name: 'segments.forget-stays',
      cron: '0 50 3 * * *',
      run: ({ strapi }, now) => forgetOldStays(strapi, now),
    },
  ],
  bootstrap: ({ strapi }) => noteProblems(strapi),
  messages,
});
