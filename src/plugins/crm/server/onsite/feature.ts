import { defineFeature } from '../kernel';
import { browserParts } from '../tracking';
import { onsiteLoader } from './browser/loader';
import { onsiteMessage } from './content-type';
import { onsiteController } from './controller';
import { messages } from './messages';
import { onsiteRoutes } from './routes';
import { onsiteMigrations } from './tables';

export default defineFeature({
  name: 'onsite',
  contentTypes: { 'onsite-message': onsiteMessage },
  controllers: { onsite: onsiteController },
  routes: onsiteRoutes,
  migrations: onsiteMigrations,
  permissions: [
    {
      uid: 'onsite.read',
      displayName: 'See results of banners and pop-ups',
      subCategory: 'Content',
    },
  ],
  extensions: [browserParts.provide(() => ({ script: onsiteLoader }))],
  messages,
});
