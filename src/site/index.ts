/** The site: registers its pages and blocks, and prepares what they need. */
import type { Core } from '@strapi/strapi';

import { siteBlocks } from './blocks';
import { content, members } from './crm';
import { siteAddresses } from './http/addresses';
import { mountSite } from './http/routes';
import { preparePermissions } from './prepare/permissions';
import { prepareLocales } from './prepare/locales';
import { seedSite } from './seed';
import { createTemplates, templateDirectory, type RenderTemplate } from './templates';
import { siteTexts } from './texts';

interface Site {
  readonly render: RenderTemplate;
}

const sites = new WeakMap<object, Site>();

/** The site of this Strapi; made on first use. */
export function siteOf(strapi: Core.Strapi): Site {
  const made = sites.get(strapi) ?? { render: createTemplates(strapi) };
  sites.set(strapi, made);
  return made;
}

export function registerSite(strapi: Core.Strapi): void {
  const blocks = content(strapi);
  for (const [uid, renderers] of Object.entries(siteBlocks)) blocks.registerBlock(uid, renderers);
  for (const [uid, address] of Object.entries(siteAddresses)) blocks.registerPage(uid, address);
  blocks.useTheme({
    siteName: siteTexts.ja.siteName,
    siteNames: { en: siteTexts.en.siteName },
    accent: '#c8311e',
    onAccent: '#ffffff',
    ink: '#17171a',
    quiet: '#66625c',
    paper: '#ffffff',
  });
  members(strapi)?.overrideTemplates(templateDirectory(strapi));
  mountSite(strapi, siteOf(strapi).render);
}

export async function bootstrapSite(strapi: Core.Strapi): Promise<void> {
  await prepareLocales(strapi);
  await preparePermissions(strapi);
  if (strapi.config.get('site.seedDemo', false)) await seedSite(strapi);
}
