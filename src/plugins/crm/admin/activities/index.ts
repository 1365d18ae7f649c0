import { textFiles, type AdminFeature } from '../ui/admin-feature';

export const activities: AdminFeature = {
  recordPanels: [
    {
      key: 'activities',
      permission: 'customers.read',
      component: () => import('./record-panel'),
    },
  ],
  homePanels: [
    {
      key: 'my-tasks',
      permission: 'customers.read',
      component: () => import('./my-tasks'),
    },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
