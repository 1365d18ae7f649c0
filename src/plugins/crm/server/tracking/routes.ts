import { pageRoute, publicRoute } from '../kernel';

export const trackingRoutes = [
  publicRoute('POST', '/track/v1/track', 'tracking.track'),
  publicRoute('POST', '/track/v1/page', 'tracking.page'),
  publicRoute('POST', '/track/v1/identify', 'tracking.identify'),
  publicRoute('POST', '/track/v1/batch', 'tracking.batch'),
  pageRoute('GET', '/crm/crm.js', 'tracking.script'),
];
