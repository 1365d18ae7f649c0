import { Server } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui/admin-feature';

/** Is everything in order, and who is told when it is not. */
export const health: AdminFeature = {
  pages: [
    {
      path: 'health',
      permission: 'health.read',
      titleKey: 'health.title',
      icon: Server,
      menu: true,
      component: () => import('./health-page'),
    },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
