import { textFiles, type AdminFeature } from '../ui/admin-feature';

export const commerce: AdminFeature = {
  recordPanels: [
    {
      key: 'orders',
      permission: 'customers.read',
      component: () => import('./record-panel'),
    },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
