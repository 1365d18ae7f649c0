import type { Context } from 'koa';
import { z } from 'zod';

const staffState = z.object({ user: z.object({ id: z.number() }) });

/** Who is logged in to the admin: routes of the admin door have checked that somebody is. */
export function staffOf(ctx: Context): number | null {
  const parsed = staffState.safeParse(ctx.state);
  return parsed.success ? parsed.data.user.id : null;
}

const SUPER_ADMIN = 'strapi-super-admin';
const rolesState = z.object({
  user: z.object({ roles: z.array(z.object({ code: z.string().nullish() })) }),
});

export interface Staff {
  readonly id: number | null;
  readonly isSuperAdmin: boolean;
}

/** Who is logged in, and whether nothing is forbidden to them. */
export function whoOf(ctx: Context): Staff {
  const parsed = rolesState.safeParse(ctx.state);
  const roles = parsed.success ? parsed.data.user.roles : [];
  return { id: staffOf(ctx), isSuperAdmin: roles.some(({ code }) => code === SUPER_ADMIN) };
}

/** Staff as the source of what they typed. */
export const toldByStaff = (staffId: number | null) => ({
  source: 'staff' as const,
  ...(staffId === null ? {} : { ref: String(staffId) }),
});
