import { adminRoute, type FeatureRoute } from '../kernel';

export const analyticsRoutes: readonly FeatureRoute[] = [
  adminRoute('GET', '/home', 'home.show', 'home.read'),
];
