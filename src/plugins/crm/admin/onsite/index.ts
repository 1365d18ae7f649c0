import { Bell } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui/admin-feature';

export const onsite: AdminFeature = {
  pages: [
    {
      path: 'onsite',
      permission: 'onsite.read',
      titleKey: 'onsite.title',
      icon: Bell,
      menu: true,
      component: () => import('./list-page'),
    },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
