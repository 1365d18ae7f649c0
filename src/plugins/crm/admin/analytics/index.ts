import { ChartPie, House, Mail } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui/admin-feature';

export const analytics: AdminFeature = {
  pages: [
    {
      path: '',
      permission: 'home.read',
      titleKey: 'analytics.home.title',
      icon: House,
      menu: true,
      component: () => import('./home-page'),
    },
    {
      path: 'paths',
      permission: 'paths.read',
      titleKey: 'analytics.paths.title',
      icon: ChartPie,
      menu: true,
      component: () => import('./paths-page'),
    },
    {
      path: 'report-mail',
      permission: 'reports.update',
      titleKey: 'analytics.report-mail.title',
      icon: Mail,
      component: () => import('./report-mail-page'),
    },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
