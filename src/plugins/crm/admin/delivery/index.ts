import { PaperPlane } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui/admin-feature';
import { SendEntryPanel } from './send-entry-panel';

interface PanelApi {
  addEditViewSidePanel(panels: readonly unknown[]): void;
}

const page = {
  permission: 'campaigns.read',
  titleKey: 'delivery.title',
  icon: PaperPlane,
} as const;

export const delivery: AdminFeature = {
  pages: [
    { ...page, path: 'campaigns', menu: true, component: () => import('./campaigns-page') },
    { ...page, path: 'campaigns/rules', component: () => import('./rules/rules-page') },
    { ...page, path: 'campaigns/mail', component: () => import('./mail/mail-page') },
    {
      ...page,
      path: 'campaigns/returned',
      permission: 'customers.read',
      component: () => import('./mail/returned-page'),
    },
    { ...page, path: 'campaigns/unknown', component: () => import('./unknown-page') },
    { ...page, path: 'campaigns/topics', component: () => import('./topics/topics-page') },
    {
      ...page,
      path: 'campaigns/new',
      permission: 'campaigns.update',
      component: () => import('./composer/composer-page'),
    },
    {
      ...page,
      path: 'campaigns/:id/edit',
      permission: 'campaigns.update',
      component: () => import('./composer/composer-page'),
    },
    { ...page, path: 'campaigns/:id', component: () => import('./report/report-page') },
  ],
  recordPanels: [
    {
      key: 'tracking-wish',
      permission: 'customers.read',
      forTheLiving: true,
      component: () => import('./tracking-wish-panel'),
    },
  ],
  bootstrap(app) {
    const apis = app.getPlugin('content-manager').apis as unknown as PanelApi;
    apis.addEditViewSidePanel([SendEntryPanel]);
  },
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
