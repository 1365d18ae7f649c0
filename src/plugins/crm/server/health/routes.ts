import { adminRoute, publicRoute, type FeatureRoute } from '../kernel';

const READ = 'health.read';
const UPDATE = 'health.update';

export const healthRoutes: readonly FeatureRoute[] = [
  adminRoute('GET', '/health', 'health.show', READ),
  adminRoute('GET', '/health/settings', 'health.settings', READ),
  adminRoute('PUT', '/health/settings', 'health.saveSettings', UPDATE),
  adminRoute('POST', '/health/test-alert', 'health.testAlert', UPDATE),
  adminRoute('DELETE', '/health/nodes/:id', 'health.forgetNode', UPDATE),
  publicRoute('GET', '/health', 'health.signal'),
];
