import { Clock } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui/admin-feature';
import { PlanPanel } from './plan-panel';

interface PanelApi {
  addEditViewSidePanel(panels: readonly unknown[]): void;
}

/** Planned publishing: a panel beside the form of every entry, and a list of what is to come. */
export const publishing: AdminFeature = {
  pages: [
    {
      path: 'publications',
      permission: 'publishing.read',
      titleKey: 'publishing.title',
      icon: Clock,
      menu: true,
      component: () => import('./list-page'),
    },
  ],
  bootstrap(app) {
    const apis = app.getPlugin('content-manager').apis as unknown as PanelApi;
    apis.addEditViewSidePanel([PlanPanel]);
  },
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
