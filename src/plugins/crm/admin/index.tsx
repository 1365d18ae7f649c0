import { contentNames } from './content-names';
import { features } from './features';
import { shell } from './shell';
import { installHomePanels, installRecordPanels } from './ui/record-panels';
import { textFiles, type AdminApp, type AdminFeature } from './ui/admin-feature';

const kit: AdminFeature = {
  texts: textFiles({
    ja: () => import('./ui/translations/ja.json'),
    en: () => import('./ui/translations/en.json'),
  }),
};

const parts: readonly AdminFeature[] = [kit, shell, ...features];

const prefixed = (data: Record<string, string>) =>
  Object.fromEntries(Object.entries(data).map(([key, text]) => [`crm.${key}`, text]));

export default {
  register(app: AdminApp) {
    installRecordPanels(parts.flatMap((part) => part.recordPanels ?? []));
    installHomePanels(parts.flatMap((part) => part.homePanels ?? []));
    for (const part of parts) part.register?.(app);
  },

  bootstrap(app: AdminApp) {
    for (const part of parts) part.bootstrap?.(app);
  },

  /** Texts live beside their feature: `<feature>/translations/{ja,en}.json`, merged here. */
  async registerTrads({ locales }: { locales: string[] }) {
    return Promise.all(
      locales.map(async (locale) => {
        const texts = await Promise.all(parts.map((part) => part.texts?.(locale) ?? {}));
        const own = prefixed(Object.assign({}, ...texts));
        return { locale, data: { ...contentNames(locale), ...own } };
      }),
    );
  },
};
