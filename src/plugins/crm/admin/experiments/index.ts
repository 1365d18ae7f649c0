import { PuzzlePiece } from '@strapi/icons';

import { textFiles, type AdminFeature } from '../ui/admin-feature';

export const experiments: AdminFeature = {
  pages: [
    {
      path: 'experiments',
      permission: 'experiments.read',
      titleKey: 'experiments.title',
      icon: PuzzlePiece,
      menu: true,
      component: () => import('./list-page'),
    },
    {
      path: 'experiments/:id',
      permission: 'experiments.read',
      titleKey: 'experiments.one',
      component: () => import('./edit-page'),
    },
  ],
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
