import { features } from './features';
import type { AdminApp } from './ui/admin-feature';

const prefixed = (data: Record<string, string>) =>
  Object.fromEntries(Object.entries(data).map(([key, text]) => [`crm.${key}`, text]));

export default {
  register(app: AdminApp) {
    app.registerPlugin({ id: 'crm', name: 'CRM' });
    for (const feature of features) feature.register?.(app);
  },

  bootstrap(app: AdminApp) {
    for (const feature of features) feature.bootstrap?.(app);
  },

  /** Texts live beside their feature: `<feature>/translations/{ja,en}.json`, merged here. */
  async registerTrads({ locales }: { locales: string[] }) {
    return Promise.all(
      locales.map(async (locale) => {
        const parts = await Promise.all(features.map((feature) => feature.texts?.(locale) ?? {}));
        return { locale, data: prefixed(Object.assign({}, ...parts)) };
      }),
    );
  },
};
