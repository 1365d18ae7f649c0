import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';

import { siteOf } from '../site';
import { pageNotFound } from '../site/http/not-found';

export default (_: unknown, { strapi }: { strapi: Core.Strapi }) =>
  (ctx: Context, next: Next) =>
    pageNotFound(strapi, siteOf(strapi).render, ctx, next);
