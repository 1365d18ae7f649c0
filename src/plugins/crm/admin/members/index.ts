import { textFiles, type AdminFeature } from '../ui';

/** Memberships: panels on a customer's record, and the screens where tiers and plans are set. */
export const members: AdminFeature = {
  pages: [
    {
      path: 'settings/tiers',
      permission: 'members.rules',
      titleKey: 'members.tiers.page-title',
      component: () => import('./tiers-page'),
    },
    {
      path: 'settings/plans',
      permission: 'members.rules',
      titleKey: 'members.plans.page-title',
      component: () => import('./plans-page'),
    },
    {
      path: 'settings/member-fields',
      permission: 'members.rules',
      titleKey: 'members.fields.page-title',
      component: () => import('./member-fields-page'),
    },
  ],
  recordPanels: [
    {
      key: 'account',
      permission: 'customers.read',
      forTheLiving: true,
      component: () => import('./account-panel'),
    },
    {
      key: 'tier',
      permission: 'customers.read',
      forTheLiving: true,
      component: () => import('./tier-panel'),
    },
    {
      key: 'plans',
      permission: 'customers.read',
      forTheLiving: true,
      component: () => import('./plans-panel'),
    },
    { key: 'forget', permission: 'members.forget', component: () => import('./forget-panel') },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
