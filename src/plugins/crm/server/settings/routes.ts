import { adminRoute, staffRoute, type FeatureRoute } from '../kernel';

export const settingsRoutes: readonly FeatureRoute[] = [
  adminRoute('GET', '/settings', 'settings.show', 'settings.read'),
  staffRoute('GET', '/settings/site', 'settings.site'),
  adminRoute('POST', '/settings/test-mail', 'settings.testMail', 'settings.read'),
];
