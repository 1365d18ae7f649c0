/** A refusal as a page in the site's look: a person reads it, not a program. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { success, translate, type Locale, type Refusal, type Result } from '../kernel';
import { membersService } from '../members';

const TOO_MANY = 429;

function sentence(strapi: Core.Strapi, locale: Locale, { code, status, params }: Refusal): string {
  if (status !== TOO_MANY) return translate(strapi, locale, code, params);
  const minutes = Math.max(1, Math.ceil(Number(params?.seconds ?? 60) / 60));
  return translate(strapi, locale, 'delivery.refused.later', { minutes });
}

/** Answers for the action that was refused. */
export async function refusedPage(
  strapi: Core.Strapi,
  ctx: Context,
  refusal: Refusal,
  locale: Locale,
): Promise<Result<undefined>> {
  const text = sentence(strapi, locale, refusal);
  const data = { locale, text, back: ctx.path };
  await membersService(strapi).renderPage(ctx, 'delivery/refused', data, refusal.status);
  if (refusal.status === TOO_MANY) ctx.set('Retry-After', String(refusal.params?.seconds ?? 60));
  ctx.set('X-Robots-Tag', 'noindex');
  return success(undefined);
}
