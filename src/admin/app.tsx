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
  bootstrap(_: StrapiApp) {
    // Strapi's guided tour is about Strapi; `tutorials` above does not stop it in 5.54.
    const tour = 'STRAPI_GUIDED_TOUR';
    if (localStorage.getItem(tour) === null) localStorage.setItem(tour, '{"enabled":false}');
  },
};
