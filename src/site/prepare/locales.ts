import type { Core } from '@strapi/strapi';

const LOCALES = [
  { code: 'ja', name: 'Japanese (ja)' },
  { code: 'en', name: 'English (en)' },
];

interface LocaleService {
  findByCode(code: string): Promise<object | null>;
  create(locale: { code: string; name: string }): Promise<object>;
}

export async function prepareLocales(strapi: Core.Strapi): Promise<void> {
  const locales = strapi.plugin('i18n').service('locales') as unknown as LocaleService;
  for (const locale of LOCALES) {
    if (!(await locales.findByCode(locale.code))) await locales.create(locale);
  }
}
