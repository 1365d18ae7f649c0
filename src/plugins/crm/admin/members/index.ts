import { textFiles, type AdminFeature } from '../ui';

/** Members have no screen of their own yet: what they did stands on the customer's timeline. */
export const members: AdminFeature = {
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
