import { Cross } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui/admin-feature';

export const consent: AdminFeature = {
  pages: [
    {
      path: 'suppressions',
      permission: 'customers.read',
      titleKey: 'consent.suppressions.title',
      icon: Cross,
      component: () => import('./suppressions-page'),
    },
  ],
  recordPanels: [
    {
      key: 'consent',
      permission: 'customers.read',
      component: () => import('./record-panel'),
    },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
