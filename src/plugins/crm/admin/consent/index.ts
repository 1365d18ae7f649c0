import { textFiles, type AdminFeature } from '../ui/admin-feature';

export const consent: AdminFeature = {
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
