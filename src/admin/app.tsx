import type { StrapiApp } from '@strapi/strapi/admin';

import logo from './logo.svg';
import { ja } from './names-ja';

export default {
  config: {
    locales: ['ja'],
    translations: { ja },
    auth: { logo },
    menu: { logo },
    head: { favicon: logo },
    notifications: { releases: false },
    tutorials: false,
  },
  bootstrap(_: StrapiApp) {},
};
