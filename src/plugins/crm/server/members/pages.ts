/** What stands in the pages, gathered from the features before. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import type { Locale } from '../kernel';
import { accountOf, channelSwitches } from './account';
import { accountPanels } from './index';
import type { Asker } from './registration';
import { memberOf } from './sessions';
import { renderTemplate } from './view';

export async function registerPage(strapi: Core.Strapi, asker: Asker): Promise<object> {
  return { channels: await channelSwitches(strapi, asker.locale) };
}

/** Null when nobody is logged in. */
export async function mePage(
  strapi: Core.Strapi,
  ctx: Context,
  locale: Locale,
): Promise<object | null> {
  const member = await memberOf(strapi, ctx);
  if (!member) return null;
  const account = await accountOf(strapi, member, locale);
  const panels = [];
  for (const source of accountPanels.members(strapi)) {
    const panel = await source.panel(member, locale);
    if (!panel) continue;
    const html = await renderTemplate(strapi, locale, panel.template, panel.data);
    panels.push({ key: source.key, html, data: panel.data });
  }
  return { account, panels };
}
