import { choiceNames } from './content-choices';
import { contentNames } from './content-names';
import { features } from './features';
import { shell } from './shell';
import { addChoiceWords } from './ui/choice-column';
import { ChoiceInput } from './ui/choice-input';
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
    // Strapi's type knows no component that wants properties; it gives those of an input.
    app.addFields({ type: 'enumeration', Component: ChoiceInput as never });
    for (const part of parts) part.register?.(app);
  },

  bootstrap(app: AdminApp) {
    app.registerHook('Admin/CM/pages/ListView/inject-column-in-table', addChoiceWords as never);
    for (const part of parts) part.bootstrap?.(app);
  },

  /** Texts live beside their feature: `<feature>/translations/{ja,en}.json`, merged here. */
  async registerTrads({ locales }: { locales: string[] }) {
    return Promise.all(
      locales.map(async (locale) => {
        const texts = await Promise.all(parts.map((part) => part.texts?.(locale) ?? {}));
        const own = prefixed(Object.assign({}, ...texts));
        return { locale, data: { ...contentNames(locale), ...choiceNames(locale), ...own } };
      }),
    );
  },
};
