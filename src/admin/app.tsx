import type { StrapiApp } from '@strapi/strapi/admin';

export default {
  config: {
    locales: ['ja'],
    notifications: { releases: false },
    tutorials: false,
  },
  bootstrap(_: StrapiApp) {},
};
