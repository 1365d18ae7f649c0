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
      path: 'customers/imports',
      permission: 'customers.import',
      titleKey: 'customers.import.title',
      component: () => import('./imports-page'),
    },
    {
      path: 'customers/imports/:id',
      permission: 'customers.import',
      titleKey: 'customers.import.title',
      component: () => import('./import-page'),
    },
    {
      path: 'customers/duplicates',
      permission: 'customers.read',
      titleKey: 'customers.duplicates.title',
      component: () => import('./duplicates-page'),
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
