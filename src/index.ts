import type { Core } from '@strapi/strapi';

import { bootstrapSite, registerSite } from './site';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    registerSite(strapi);
  },
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await bootstrapSite(strapi);
  },
};
