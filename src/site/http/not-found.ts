import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';

import type { RenderTemplate } from '../templates';
import { sendAnswer } from './answer';
import { notFound } from './gated';
import { siteRequest } from './site-request';

/** Addresses that are not the site's: they answer for themselves. */
const OTHERS = /^\/(api|admin|uploads|crm|content-manager|upload|i18n|art|assets)(\/|$)/;

/** The site's own page for an address where nothing is. */
export async function pageNotFound(
  strapi: Core.Strapi,
  render: RenderTemplate,
  ctx: Context,
  next: Next,
): Promise<void> {
  await next();
  const unanswered = ctx.status === 404 && (ctx.body === null || ctx.body === undefined);
  if (!unanswered || ctx.method !== 'GET' || OTHERS.test(ctx.path)) return;
  const locale = /^\/en(\/|$)/.test(ctx.path) ? 'en' : 'ja';
  const request = await siteRequest(strapi, ctx, locale);
  await sendAnswer(request, render, notFound(request));
}
