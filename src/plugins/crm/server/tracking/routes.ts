import { pageRoute } from '../kernel';

/** The tracking API itself is answered before the routes: see `ingest/fast-lane.ts`. */
export const trackingRoutes = [pageRoute('GET', '/crm/crm.js', 'tracking.script')];
