import type { IncomingHttpHeaders } from 'node:http';
import type { Platform } from '../platform';
import type { LineUser } from '../state/model';

/** Cookie by which the emulator knows whose phone this browser is. */
export const USER_COOKIE = 'emulated_line_user';

/** The person using this browser, if they chose one on the phone page. */
export function browserUser(
  platform: Platform,
  headers: IncomingHttpHeaders,
): LineUser | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value = ''] = pair.trim().split('=', 2);
    if (name === USER_COOKIE) return platform.state.users.get(value);
  }
  return undefined;
}

export const userCookie = (userId: string): string =>
  `${USER_COOKIE}=${userId}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`;
