import { Eye } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui/admin-feature';

export const tracking: AdminFeature = {
  pages: [
    {
      path: 'tracking',
      permission: 'tracking.read',
      titleKey: 'tracking.title',
      icon: Eye,
      menu: true,
      component: () => import('./tracking-page'),
    },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
