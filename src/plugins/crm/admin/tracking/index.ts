import { textFiles, type AdminFeature } from '../ui/admin-feature';

/** No screen of its own: what people did stands on their timeline. */
export const tracking: AdminFeature = {
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
