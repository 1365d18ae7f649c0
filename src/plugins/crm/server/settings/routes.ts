import { adminRoute, type FeatureRoute } from '../kernel';

export const settingsRoutes: readonly FeatureRoute[] = [
  adminRoute('GET', '/settings', 'settings.show', 'settings.read'),
  adminRoute('POST', '/settings/test-mail', 'settings.testMail', 'settings.read'),
];
