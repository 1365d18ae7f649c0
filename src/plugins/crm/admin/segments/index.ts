import { Filter } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui/admin-feature';

export const segments: AdminFeature = {
  pages: [
    {
      path: 'segments',
      permission: 'segments.read',
      titleKey: 'segments.list.title',
      icon: Filter,
      menu: true,
      component: () => import('./list-page'),
    },
    {
      path: 'segments/:id',
      permission: 'segments.read',
      titleKey: 'segments.edit.title',
      component: () => import('./edit-page'),
    },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
