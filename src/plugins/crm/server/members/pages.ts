/** What stands in the pages, gathered from the features before. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import type { Locale } from '../kernel';
import { accountOf, channelSwitches } from './account';
import { accountOf as accountOfCustomer } from './accounts';
import { accountPanels, loginMethods, type LoginAccount } from './index';
import { shownFields } from './own-fields/domain';
import { askedFields } from './own-fields/setting';
import type { Asker } from './registration';
import { memberOf } from './sessions';
import { renderTemplate } from './view';

export async function registerPage(
  strapi: Core.Strapi,
  asker: Asker,
  next: string,
): Promise<object> {
  const channels = await channelSwitches(strapi, asker.locale);
  const ownFields = shownFields(await askedFields(strapi, 'onRegistration', asker.locale), {});
  return { channels, ownFields, next, methods: await methodsOf(strapi, asker.locale, next, true) };
}

export async function loginPage(strapi: Core.Strapi, asker: Asker, next: string): Promise<object> {
  return { next, methods: await methodsOf(strapi, asker.locale, next) };
}

/** Other ways in, as buttons; JSON callers find the address in `data`. */
async function methodsOf(
  strapi: Core.Strapi,
  locale: Locale,
  next: string,
  registering = false,
): Promise<object[]> {
  const methods = [];
  for (const method of loginMethods.members(strapi)) {
    const button = method.button(next || '/m/me');
    if (!button) continue;
    const words = { ...button.data, registering };
    const html = await renderTemplate(strapi, locale, button.template, words);
    methods.push({ key: method.key, html, data: button.data });
  }
  return methods;
}

/** What the page about leaving needs; null when nobody is logged in. */
export async function ownAccount(strapi: Core.Strapi, ctx: Context): Promise<LoginAccount | null> {
  const member = await memberOf(strapi, ctx);
  return member && accountOfCustomer(strapi, member.customerId);
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
