import { Message } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui/admin-feature';

/** Conversations on LINE, and LINE on other screens: the panel on a customer's record, timeline entries, message problems. */
export const line: AdminFeature = {
  pages: [
    {
      path: 'line/chats',
      permission: 'line.chat',
      titleKey: 'line.chats.title',
      icon: Message,
      menu: true,
      component: () => import('./chats/chats-page'),
    },
  ],
  recordPanels: [
    { key: 'line', permission: 'customers.read', component: () => import('./record-panel') },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
