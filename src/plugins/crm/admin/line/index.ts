import { textFiles, type AdminFeature } from '../ui/admin-feature';

/** Texts of what LINE puts on other screens: timeline entries, problems of a message. */
export const line: AdminFeature = {
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
