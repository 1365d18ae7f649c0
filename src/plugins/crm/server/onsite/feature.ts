import { customerLinks } from '../customers';
import { defineFeature, personalData } from '../kernel';
import { browserParts } from '../tracking';
import { onsiteLoader } from './browser/loader';
import { onsiteMessage } from './content-type';
import { onsiteController } from './controller';
import { onsiteService } from './index';
import { onsiteLinks } from './links';
import { messages } from './messages';
import { onsiteData } from './personal-data';
import { sumUpOldEvents } from './retention';
import { onsiteRoutes } from './routes';
import { messagesFor, report } from './service';
import { onsiteMigrations } from './tables';

export default defineFeature({
  name: 'onsite',
  contentTypes: { 'onsite-message': onsiteMessage },
  controllers: { onsite: onsiteController },
  services: [
    onsiteService.provide(({ strapi }) => ({
      messagesFor: (viewer, query) => messagesFor(strapi, viewer, query),
      report: () => report(strapi),
    })),
  ],
  routes: onsiteRoutes,
  migrations: onsiteMigrations,
  schedules: [
    {
      name: 'onsite.sum-up',
      cron: '17 4 * * *',
      run: ({ strapi }, now) => sumUpOldEvents(strapi, now),
    },
  ],
  permissions: [
    {
      uid: 'onsite.read',
      displayName: 'See results of banners and pop-ups',
      subCategory: 'Content',
    },
  ],
  extensions: [
    browserParts.provide(() => ({ script: onsiteLoader })),
    customerLinks.provide(onsiteLinks),
    personalData.provide(onsiteData),
  ],
  messages,
});
