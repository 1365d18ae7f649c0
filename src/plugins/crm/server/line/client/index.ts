import type { Core } from '@strapi/strapi';

import { clock, crmConfig, rateWindow, type LineAccountConfig } from '../../kernel';
import { createLineClient, type LineClient } from './line-client';
import { createPace } from './pace';

export { isSignedByLine } from './signature';
export type { LineAnswer } from './caller';
export type { CouponRequest } from './coupon-calls';
export type { LineBot, LineClient, LineProfile } from './line-client';
export { AUDIENCE_PEOPLE } from './narrowcast-calls';
export type { NarrowcastProgress } from './narrowcast-calls';
export { MENU_PEOPLE } from './rich-menu-calls';

const WINDOW_MS = 1_000;

const clients = new WeakMap<object, Map<string, LineClient>>();

/** One client an account and process, so that its token is issued once. */
export function lineClient(strapi: Core.Strapi, account: LineAccountConfig): LineClient {
  const known = clients.get(strapi) ?? new Map<string, LineClient>();
  clients.set(strapi, known);
  const existing = known.get(account.key);
  if (existing) return existing;
  const { apiOrigin, dataApiOrigin, timeoutMs, pushesPerSecond, multicastsPerSecond } =
    crmConfig(strapi).line;
  const { profilesPerSecond } = crmConfig(strapi).line;
  // LINE counts by account, whichever node calls.
  const pace = (calls: string, limit: number) =>
    createPace(
      rateWindow(strapi, WINDOW_MS, () => ({ name: `line ${account.key} ${calls}`, limit })),
    );
  const client = createLineClient({
    account,
    apiOrigin,
    dataApiOrigin,
    timeoutMs,
    pushes: pace('pushes', pushesPerSecond),
    multicasts: pace('multicasts', multicastsPerSecond),
    profiles: pace('profiles', profilesPerSecond),
    now: () => clock(strapi).now().getTime(),
  });
  known.set(account.key, client);
  return client;
}

export const lineAccount = (strapi: Core.Strapi, key: string): LineAccountConfig | undefined =>
  crmConfig(strapi).line.accounts.find((account) => account.key === key);
