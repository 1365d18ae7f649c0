import type { Context } from 'koa';
import { z } from 'zod';

const staffState = z.object({ user: z.object({ id: z.number() }) });

/** Who is logged in to the admin: routes of the admin door have checked that somebody is. */
export function staffOf(ctx: Context): number | null {
  const parsed = staffState.safeParse(ctx.state);
  return parsed.success ? parsed.data.user.id : null;
}

/** Staff as the source of what they typed. */
export const toldByStaff = (staffId: number | null) => ({
  source: 'staff' as const,
  ...(staffId === null ? {} : { ref: String(staffId) }),
});
