import { Cog } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui/admin-feature';

export const settings: AdminFeature = {
  pages: [
    {
      path: 'settings',
      permission: 'settings.read',
      titleKey: 'settings.title',
      icon: Cog,
      menu: true,
      component: () => import('./settings-page'),
    },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
