/** Who sends events: one of our servers with a write key, or a page of the site. */
import type { Core } from '@strapi/strapi';
import { isbot } from 'isbot';
import type { Context } from 'koa';

import {
  constantTimeEqual,
  crmConfig,
  hitRateLimit,
  refuse,
  success,
  type Result,
} from '../kernel';
import { visitorResolver } from './index';

export type Sender =
  /** Trusted to say who did it. */
  | { readonly kind: 'server' }
  /** Says what the visitor did; who that is, only the session tells. */
  | { readonly kind: 'browser'; readonly customerId: number | null; readonly isBot: boolean };

/** A page sends a few events a minute; a script that floods is stopped per address. */
const BROWSER_LIMIT = { name: 'tracking.browser', limit: 300, windowSeconds: 60 };
const SERVER_LIMIT = { name: 'tracking.server', limit: 6000, windowSeconds: 60 };
const WRONG_KEY_LIMIT = { name: 'tracking.wrong-key', limit: 20, windowSeconds: 60 };

function writeKeyOf(ctx: Context): string | null {
  const [scheme = '', credentials = ''] = ctx.get('authorization').split(' ');
  if (scheme.toLowerCase() !== 'basic') return null;
  const [user = ''] = Buffer.from(credentials, 'base64').toString().split(':');
  return user;
}

/**
 * Sent by a page of this site. Browsers tell with Sec-Fetch-Site, older ones with Origin; a
 * program without a write key tells neither.
 */
function isOwnPage(strapi: Core.Strapi, ctx: Context): boolean {
  const site = ctx.get('sec-fetch-site');
  if (site !== '') return site === 'same-origin';
  const origin = ctx.get('origin');
  return (
    origin !== '' && [ctx.origin, new URL(crmConfig(strapi).publicUrl).origin].includes(origin)
  );
}

async function serverSender(
  strapi: Core.Strapi,
  ctx: Context,
  key: string,
): Promise<Result<Sender>> {
  const { writeKeys } = crmConfig(strapi).tracking;
  if (!writeKeys.some((known) => constantTimeEqual(known, key))) {
    const limited = await hitRateLimit(strapi, WRONG_KEY_LIMIT, ctx.ip);
    return limited.ok ? refuse('tracking.write-key', 401) : limited;
  }
  const limited = await hitRateLimit(strapi, SERVER_LIMIT, key);
  return limited.ok ? success({ kind: 'server' }) : limited;
}

/** Refuses a wrong key, another site's page, and who sends too much. */
export async function senderOf(strapi: Core.Strapi, ctx: Context): Promise<Result<Sender>> {
  const key = writeKeyOf(ctx);
  if (key !== null) return serverSender(strapi, ctx, key);
  if (!isOwnPage(strapi, ctx)) {
    return ctx.get('origin') === ''
      ? refuse('tracking.write-key', 401)
      : refuse('tracking.other-site', 403);
  }
  const limited = await hitRateLimit(strapi, BROWSER_LIMIT, ctx.ip);
  if (!limited.ok) return limited;
  const [resolver] = visitorResolver.members(strapi);
  const customerId = (await resolver?.customerOf(ctx)) ?? null;
  return success({ kind: 'browser', customerId, isBot: isbot(ctx.get('user-agent')) });
}

/** Global Privacy Control: the visitor has told every site not to follow them. */
export const refusesTracking = (ctx: Context): boolean => ctx.get('sec-gpc') === '1';
