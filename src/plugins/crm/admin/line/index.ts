import { textFiles, type AdminFeature } from '../ui/admin-feature';

/** LINE on other screens: the panel on a customer's record, timeline entries, message problems. */
export const line: AdminFeature = {
  recordPanels: [
    { key: 'line', permission: 'customers.read', component: () => import('./record-panel') },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
