/** Who is behind a request, as the history names them. */
import type { Context } from 'koa';
import { z } from 'zod';

import { refuse, success, type Locale, type Result } from '../kernel';
import type { Actor } from './index';

const adminSchema = z.object({
  firstname: z.string().nullish(),
  lastname: z.string().nullish(),
  email: z.string().nullish(),
});

export function adminActor(ctx: Context, locale: Locale): Actor {
  const admin = adminSchema.safeParse(ctx.state.user).data;
  const name = [admin?.lastname, admin?.firstname].filter(Boolean).join(' ');
  return { source: 'admin', name: name || (admin?.email ?? null), locale };
}

/** Strapi lets in whoever holds the permission; a member's JWT with it is still no program. */
export function tokenActor(ctx: Context, locale: Locale): Result<Actor> {
  const { auth } = ctx.state as {
    auth?: { strategy?: { name?: string }; credentials?: { name?: string } };
  };
  if (!['content-api-token', 'admin-token'].includes(auth?.strategy?.name ?? '')) {
    return refuse('members.token-only', 403);
  }
  return success({ source: 'api', name: auth?.credentials?.name ?? 'API', locale });
}
