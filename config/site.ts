import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams) => ({
  /** Fill an empty site with the demo shop's pages, articles and records. */
  seedDemo: env.bool('SEED_DEMO', false),
});

export default config;
