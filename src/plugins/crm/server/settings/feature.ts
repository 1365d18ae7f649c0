import { defineFeature } from '../kernel';
import { settingsController } from './controller';
import { settingsService } from '.';
import { settingsMessages } from './messages';
import { settingsRoutes } from './routes';
import { createSettingsService } from './service';

export default defineFeature({
  name: 'settings',
  services: [settingsService.provide(createSettingsService)],
  controllers: { settings: settingsController },
  routes: settingsRoutes,
  permissions: [{ uid: 'settings.read', displayName: 'Settings', subCategory: 'settings' }],
  messages: settingsMessages,
});
