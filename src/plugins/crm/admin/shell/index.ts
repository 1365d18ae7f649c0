import { HandHeart } from '@strapi/icons';

import { features } from '../features';
import { textFiles, type AdminFeature } from '../ui/admin-feature';

const pages = features.flatMap((feature) => feature.pages ?? []);

/** The CRM entry in Strapi's menu; seen by whoever may open at least one of its pages. */
export const shell: AdminFeature = {
  register(app) {
    app.registerPlugin({ id: 'crm', name: 'CRM' });
    app.addMenuLink({
      to: 'plugins/crm',
      icon: HandHeart,
      intlLabel: { id: 'crm.shell.menu', defaultMessage: 'CRM' },
      permissions: pages.map(({ permission }) => ({
        action: `plugin::crm.${permission}`,
        subject: null,
      })),
      Component: () => import('./shell'),
      position: 2,
    });
  },
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
