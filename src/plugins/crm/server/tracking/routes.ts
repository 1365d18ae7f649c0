import { adminRoute, pageRoute } from '../kernel';

/** The tracking API itself is answered before the routes: see `ingest/fast-lane.ts`. */
export const trackingRoutes = [
  pageRoute('GET', '/crm/crm.js', 'tracking.script'),
  adminRoute('GET', '/tracking', 'tracking-admin.overview', 'tracking.read'),
  adminRoute('GET', '/tracking/names', 'tracking-admin.names', 'tracking.read'),
  adminRoute('GET', '/tracking/audience', 'tracking-admin.audience', 'tracking.read'),
  adminRoute('GET', '/tracking/keys', 'tracking-admin.keys', 'tracking.manage'),
  adminRoute('POST', '/tracking/keys', 'tracking-admin.makeKey', 'tracking.manage'),
  adminRoute('POST', '/tracking/keys/:id/replace', 'tracking-admin.replaceKey', 'tracking.manage'),
  adminRoute('DELETE', '/tracking/keys/:id', 'tracking-admin.revokeKey', 'tracking.manage'),
  adminRoute('GET', '/tracking/retention', 'tracking-admin.retention', 'tracking.read'),
  adminRoute('PUT', '/tracking/retention', 'tracking-admin.setRetention', 'tracking.manage'),
];
