import { Lock, User } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui';
import { addAccessColumn } from './list-column';
import { WhoPanel } from './who-panel';

interface PanelApi {
  addEditViewSidePanel(panels: readonly unknown[]): void;
}

const label = (id: string, defaultMessage: string) => ({
  id: `crm.access.field.${id}`,
  defaultMessage,
});

/** The inputs of the custom fields Access and Audience, and what they say elsewhere in the Content Manager. */
export const access: AdminFeature = {
  pages: [
    {
      path: 'access-rules',
      permission: 'access.edit',
      titleKey: 'access.rules.title',
      icon: Lock,
      menu: true,
      component: () => import('./rules/list-page'),
    },
    {
      path: 'access-rules/:id',
      permission: 'access.edit',
      titleKey: 'access.rules.edit',
      component: () => import('./rules/edit-page'),
    },
  ],
  register(app) {
    app.customFields.register([
      {
        name: 'access',
        pluginId: 'crm',
        type: 'json',
        icon: Lock,
        intlLabel: label('access.label', 'Access'),
        intlDescription: label('access.description', 'Who may see this entry'),
        components: { Input: () => import('./access-input') },
      },
      {
        name: 'audience',
        pluginId: 'crm',
        type: 'json',
        icon: User,
        intlLabel: label('audience.label', 'Audience'),
        intlDescription: label('audience.description', 'Who sees this block'),
        components: { Input: () => import('./audience-input') },
      },
    ]);
  },
  bootstrap(app) {
    app.registerHook('Admin/CM/pages/ListView/inject-column-in-table', addAccessColumn as never);
    const apis = app.getPlugin('content-manager').apis as unknown as PanelApi;
    apis.addEditViewSidePanel([WhoPanel]);
  },
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
