import { User } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui/admin-feature';

export const customers: AdminFeature = {
  pages: [
    {
      path: 'customers',
      permission: 'customers.read',
      titleKey: 'customers.list.title',
      icon: User,
      menu: true,
      component: () => import('./list-page'),
    },
    {
      path: 'customers/:id',
      permission: 'customers.read',
      titleKey: 'customers.record.title',
      component: () => import('./record-page'),
    },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
