import path from 'node:path';

import type { Core } from '@strapi/strapi';
import { Liquid, type Template } from 'liquidjs';

import { formatDate, formatYen } from './format';
import { phrases } from './typography';

/** Renders `<name>.liquid` inside the site's layout. Every value is escaped unless marked `raw`. */
export type RenderTemplate = (name: string, scope: object) => Promise<string>;

export const templateDirectory = (strapi: Core.Strapi): string =>
  path.join(strapi.dirs.app.root, 'src', 'site', 'templates');

const escapeHtml = (text: unknown): string =>
  String(text ?? '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

export function createTemplates(strapi: Core.Strapi): RenderTemplate {
  const liquid = new Liquid({
    root: templateDirectory(strapi),
    extname: '.liquid',
    cache: strapi.config.get('environment') !== 'development',
    outputEscape: 'escape',
    ownPropertyOnly: true,
    strictFilters: true,
  });
  // `raw: true`: the filter escapes by itself and returns HTML.
  liquid.registerFilter('phrases', {
    handler: (text: unknown) => phrases(escapeHtml(text)),
    raw: true,
  });
  liquid.registerFilter('yen', (value: unknown) => formatYen(Number(value)));
  liquid.registerFilter('day', (value: unknown, locale: unknown) =>
    formatDate(String(value), locale === 'en' ? 'en' : 'ja'),
  );
  // Inside <script type="application/ld+json">: `<` would end the element.
  liquid.registerFilter('ld', {
    handler: (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c'),
    raw: true,
  });
  const parsed = new Map<string, Template[]>();
  return async (name, scope) => {
    const template = parsed.get(name) ?? (await liquid.parseFile(name));
    if (strapi.config.get('environment') !== 'development') parsed.set(name, template);
    return String(await liquid.render(template, scope));
  };
}
