import type { Core } from '@strapi/strapi';

import type { Locale } from './locale';

/** Texts of one feature for people outside the admin. Keys start with the feature's name. */
export type Messages = Readonly<Record<Locale, Readonly<Record<string, string>>>>;

const catalogues = new WeakMap<object, Messages>();

export function installMessages(strapi: Core.Strapi, parts: readonly Messages[]): void {
  const merged: Messages = {
    ja: mergeOnce(parts.map((part) => part.ja)),
    en: mergeOnce(parts.map((part) => part.en)),
  };
  const untranslated = Object.keys({ ...merged.ja, ...merged.en }).filter(
    (key) => !(key in merged.ja && key in merged.en),
  );
  if (untranslated.length > 0) {
    throw new Error(`Messages without a translation: ${untranslated.join(', ')}`);
  }
  catalogues.set(strapi, merged);
}

function mergeOnce(parts: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [key, text] of parts.flatMap((part) => Object.entries(part))) {
    if (key in merged) throw new Error(`Message "${key}" is defined twice`);
    merged[key] = text;
  }
  return merged;
}

/** The text of `key`, `{name}` replaced by `params.name`. An unknown key is a bug and throws. */
export function translate(
  strapi: Core.Strapi,
  locale: Locale,
  key: string,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const text = catalogues.get(strapi)?.[locale][key];
  if (text === undefined) throw new Error(`No message "${key}" in ${locale}`);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
