import type { Core } from '@strapi/strapi';

// strictParams refuses query parameters that no content type declares: an unknown `where` or
// `lookup` would otherwise be a door to private columns (CVE-2026-27886 class).
const config: Core.Config.Api = {
  rest: { prefix: '/api', defaultLimit: 25, maxLimit: 100, withCount: true, strictParams: true },
  documents: { strictParams: true, strictRelations: true },
};

export default config;
