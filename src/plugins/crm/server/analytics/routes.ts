import { adminRoute, type FeatureRoute } from '../kernel';

export const analyticsRoutes: readonly FeatureRoute[] = [
  adminRoute('GET', '/home', 'home.show', 'home.read'),
  adminRoute('GET', '/page-paths', 'page-paths.show', 'paths.read'),
];
