import { adminRoute, type FeatureRoute } from '../kernel';

export const analyticsRoutes: readonly FeatureRoute[] = [
  adminRoute('GET', '/home', 'home.show', 'home.read'),
  adminRoute('GET', '/page-paths', 'page-paths.show', 'paths.read'),
  adminRoute('GET', '/report-mail', 'report-mail.show', 'reports.update'),
  adminRoute('PUT', '/report-mail', 'report-mail.save', 'reports.update'),
  adminRoute('POST', '/report-mail/trial', 'report-mail.trial', 'reports.update'),
];
