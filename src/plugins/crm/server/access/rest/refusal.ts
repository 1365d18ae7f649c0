/** How a request is refused, by REST and by GraphQL. */
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';

import { crmConfig, localeOf, translate } from '../../kernel';
import type { EntryDecision } from '../domain/gate';

const graphql = new WeakSet<object>();

export const markGraphql = (ctx: Context): void => void graphql.add(ctx);

/**
 * By REST not Strapi's own Forbidden and Unauthorized errors: its authorisation catches those from
 * further down and drops what they say. By GraphQL only those keep their words.
 */
export function refuseRequest(
  strapi: Core.Strapi,
  ctx: Context,
  status: 400 | 401 | 403,
  code: string,
  about: Partial<Extract<EntryDecision, { allow: false }>> = {},
): never {
  const locale = localeOf(ctx, crmConfig(strapi).defaultLocale);
  const message = translate(strapi, locale, code);
  const { reason, otherwise, redirectTo } = about;
  const details = { code, reason, otherwise, redirectTo };
  if (!graphql.has(ctx)) return ctx.throw(status, message, { details });
  if (status === 400) throw new errors.ValidationError(message, details);
  throw new errors.ForbiddenError(message, details);
}

/** What was decided for one viewer must not be shown to another by a cache in between. */
export function privateAnswer(ctx: Context): void {
  ctx.set('Cache-Control', 'private, no-store');
  ctx.vary('Cookie');
  ctx.vary('Authorization');
}
