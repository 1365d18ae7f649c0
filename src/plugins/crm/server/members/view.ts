/** HTML from Liquid templates: `<feature>/<file>`, the application's before the plugin's. */
import { readFileSync, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { Liquid } from 'liquidjs';

import { crmConfig, isLocale, localeOf, organisationIn, translate, type Locale } from '../kernel';
import { memberOf } from './sessions';

/** From `dist/server/members` and from `server/members` alike, the plugin's own folder. */
const PLUGIN_ROOT = path.resolve(__dirname, '..', '..').replace(/[\\/]dist$/, '');
const OWN = 'own';

/** Style and script of the member pages. */
export const assetFile = (file: string): string =>
  path.join(PLUGIN_ROOT, 'server', 'members', 'browser', file);

interface View {
  readonly overrides: string[];
  engine: Liquid;
}

const views = new WeakMap<object, View>();

function view(strapi: Core.Strapi): View {
  const existing = views.get(strapi);
  if (existing) return existing;
  const created: View = { overrides: [], engine: createEngine(strapi, []) };
  views.set(strapi, created);
  return created;
}

/** Later calls are asked first. */
export function overrideTemplates(strapi: Core.Strapi, directory: string): void {
  const current = view(strapi);
  current.overrides.unshift(directory);
  current.engine = createEngine(strapi, current.overrides);
}

/** Names are written by developers, but a folder outside must stay outside all the same. */
const NAME = /^[a-z-]+\/[a-z0-9-]+$/;

function fileOf(root: string, name: string): string {
  if (!NAME.test(name)) throw new Error(`"${name}" is not the name of a template`);
  if (root !== OWN) return path.join(root, `${name}.liquid`);
  const [feature = '', file = ''] = name.split('/');
  return path.join(PLUGIN_ROOT, 'server', feature, 'templates', `${file}.liquid`);
}

function createEngine(strapi: Core.Strapi, overrides: readonly string[]): Liquid {
  const engine = new Liquid({
    root: [...overrides, OWN],
    cache: true,
    outputEscape: 'escape',
    ownPropertyOnly: true,
    jsTruthy: true,
    relativeReference: false,
    fs: {
      resolve: (root, name) => fileOf(root, name),
      exists: async (file) => existsSync(file),
      existsSync,
      readFile: (file) => readFile(file, 'utf8'),
      readFileSync: (file) => readFileSync(file, 'utf8'),
    },
  });
  engine.registerFilter('t', function (key: string, ...params: [string, string | number][]) {
    const locale: unknown = this.context.getSync(['locale']);
    return translate(
      strapi,
      isLocale(locale) ? locale : 'ja',
      String(key),
      Object.fromEntries(params),
    );
  });
  engine.registerFilter('yen', (value: unknown) =>
    new Intl.NumberFormat('ja-JP', { style: 'currency', currency: 'JPY' }).format(Number(value)),
  );
  engine.registerFilter('date', function (value: unknown) {
    const locale: unknown = this.context.getSync(['locale']);
    const { timeZone } = crmConfig(strapi);
    return new Intl.DateTimeFormat(locale === 'en' ? 'en' : 'ja-JP', {
      dateStyle: 'long',
      timeZone,
    }).format(new Date(Number(value)));
  });
  return engine;
}

export async function renderTemplate(
  strapi: Core.Strapi,
  locale: Locale,
  template: string,
  data: object,
): Promise<string> {
  const html: unknown = await view(strapi).engine.renderFile(
    template,
    { ...data },
    { globals: { locale } },
  );
  return String(html);
}

/** Pages know their reader and must not be kept by anyone. */
export async function renderPage(
  strapi: Core.Strapi,
  ctx: Context,
  template: string,
  data: object = {},
  status = 200,
): Promise<void> {
  const locale = localeOf(ctx, crmConfig(strapi).defaultLocale);
  if (isLocale(ctx.query.lang)) keepLanguage(ctx, locale);
  const member = await memberOf(strapi, ctx);
  const { publicUrl } = crmConfig(strapi);
  const page = {
    path: ctx.path,
    url: new URL(ctx.path, publicUrl).toString(),
    languageUrl: languageUrl(ctx, locale === 'ja' ? 'en' : 'ja'),
  };
  const html = await renderTemplate(strapi, locale, template, {
    organisation: organisationIn(strapi, locale),
    page,
    member,
    ...data,
  });
  ctx.status = status;
  ctx.type = 'html';
  ctx.set('Cache-Control', 'private, no-store');
  // The address of a page may hold a one-time token.
  ctx.set('Referrer-Policy', 'same-origin');
  ctx.body = html;
}

function languageUrl(ctx: Context, locale: Locale): string {
  const query = new URLSearchParams(ctx.querystring);
  query.set('lang', locale);
  return `${ctx.path}?${query.toString()}`;
}

function keepLanguage(ctx: Context, locale: Locale): void {
  const maxAge = 365 * 86_400_000;
  ctx.cookies.set('crm_lang', locale, { maxAge, sameSite: 'lax', signed: false, httpOnly: true });
}
