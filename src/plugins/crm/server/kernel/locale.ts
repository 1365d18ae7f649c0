import type { Context } from 'koa';

export type Locale = 'ja' | 'en';

/**
 * The reader's language: `?lang=` first, then the `crm_lang` cookie, then Accept-Language, then
 * `fallback`.
 */
export function localeOf(ctx: Context, fallback: Locale = 'ja'): Locale {
  const wished = [ctx.query?.lang, ctx.cookies.get('crm_lang', { signed: false })].find(isLocale);
  if (wished) return wished;
  const accepted = ctx.acceptsLanguages(['ja', 'en']);
  return isLocale(accepted) ? accepted : fallback;
}

export function isLocale(value: unknown): value is Locale {
  return value === 'ja' || value === 'en';
}
