import { GridFour, Message, PinMap, PriceTag } from '@strapi/icons';

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
    {
      path: 'line/menus',
      permission: 'line.menus',
      titleKey: 'line.menus.title',
      icon: GridFour,
      menu: true,
      component: () => import('./menus/list-page'),
    },
    {
      path: 'line/menus/:id',
      permission: 'line.menus',
      titleKey: 'line.menus.title',
      component: () => import('./menus/edit-page'),
    },
    {
      path: 'line/coupons',
      permission: 'line.coupons',
      titleKey: 'line.coupons.title',
      icon: PriceTag,
      menu: true,
      component: () => import('./coupons/coupons-page'),
    },
    {
      path: 'line/routes',
      permission: 'line.routes',
      titleKey: 'line.routes.title',
      icon: PinMap,
      menu: true,
      component: () => import('./routes/list-page'),
    },
    {
      path: 'line/routes/:id',
      permission: 'line.routes',
      titleKey: 'line.routes.title',
      component: () => import('./routes/route-page'),
    },
  ],
  recordPanels: [
    { key: 'line', permission: 'customers.read', component: () => import('./record-panel') },
  ],
  register(app) {
    app.customFields.register({
      name: 'line-coupon',
      pluginId: 'crm',
      type: 'string',
      icon: PriceTag,
      intlLabel: { id: 'crm.line.coupons.field.label', defaultMessage: 'Coupon' },
      intlDescription: {
        id: 'crm.line.coupons.field.description',
        defaultMessage: 'A coupon of the LINE official account',
      },
      components: { Input: () => import('./coupons/coupon-input') },
    });
  },
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
