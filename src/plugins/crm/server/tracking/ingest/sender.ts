/** Who sends events: one of our servers with a write key, or a page of the site. */
import type { Core } from '@strapi/strapi';
import { isbot } from 'isbot';
import type { Context } from 'koa';

import { clock, crmConfig, isVisited, refuse, success, type Result } from '../../kernel';
import { Allowance } from '../domain/allowance';
import { Flood } from '../domain/flood';
import { visitorResolver } from '../index';
import { isWriteKey } from '../keys/known-keys';

export type Sender =
  /** Trusted to say who did it. */
  | { readonly kind: 'server' }
  /** Says what the visitor did; who that is, only the session tells. */
  | { readonly kind: 'browser'; readonly customerId: number | null; readonly isBot: boolean };

interface Floods {
  /** A page sends a few calls a minute; a script that floods is stopped per address. */
  readonly browser: Flood;
  /** One call may hold thousands of events. */
  readonly browserEvents: Flood;
  readonly server: Flood;
  readonly wrongKey: Flood;
  /** By whom they were sent: a server that floods must not keep the events of pages out. */
  readonly events: Readonly<Record<Sender['kind'], Allowance>>;
}

const floods = new WeakMap<object, Floods>();

function floodsOf(strapi: Core.Strapi): Floods {
  const existing = floods.get(strapi);
  if (existing) return existing;
  const { eventsPerSecond } = crmConfig(strapi).tracking;
  const made = {
    events: { server: new Allowance(eventsPerSecond), browser: new Allowance(eventsPerSecond) },
    browser: new Flood({ limit: 300, windowSeconds: 60 }),
    browserEvents: new Flood({ limit: 3_000, windowSeconds: 60 }),
    server: new Flood({ limit: 120_000, windowSeconds: 60 }),
    wrongKey: new Flood({ limit: 20, windowSeconds: 60 }),
  };
  floods.set(strapi, made);
  return made;
}

function within(strapi: Core.Strapi, flood: Flood, subject: string, times?: number): Result<true> {
  const seconds = flood.hit(subject, clock(strapi).shared().getTime(), times);
  if (seconds === null) return success(true);
  return refuse('kernel.too-many-requests', 429, { params: { seconds } });
}

/**
 * However well known the sender is: while people read pages, its events get a part of the time and
 * not all of it. In real time, for that is what they cost.
 */
function withTime(strapi: Core.Strapi, kind: Sender['kind']): Result<Sender['kind']> {
  const seconds = isVisited(strapi) ? floodsOf(strapi).events[kind].wait(performance.now()) : null;
  return seconds === null ? success(kind) : refuse('tracking.busy', 429, { params: { seconds } });
}

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

async function mayServer(strapi: Core.Strapi, ctx: Context, key: string): Promise<Result<true>> {
  const { server, wrongKey } = floodsOf(strapi);
  if (key !== '' && (await isWriteKey(strapi, key, 'events'))) return within(strapi, server, key);
  const limited = within(strapi, wrongKey, ctx.ip);
  return limited.ok ? refuse('tracking.write-key', 401) : limited;
}

/** What kind of sender it is, told before its body is read: floods must cost nothing. */
export async function senderKind(
  strapi: Core.Strapi,
  ctx: Context,
): Promise<Result<Sender['kind']>> {
  const key = writeKeyOf(ctx);
  if (key !== null) {
    const may = await mayServer(strapi, ctx, key);
    return may.ok ? withTime(strapi, 'server') : may;
  }
  if (!isOwnPage(strapi, ctx)) {
    return ctx.get('origin') === ''
      ? refuse('tracking.write-key', 401)
      : refuse('tracking.other-site', 403);
  }
  const limited = within(strapi, floodsOf(strapi).browser, ctx.ip);
  return limited.ok ? withTime(strapi, 'browser') : limited;
}

/** As `senderKind`, once it is known how many events there are; servers are trusted with batches. */
export function mayBring(
  strapi: Core.Strapi,
  ctx: Context,
  kind: Sender['kind'],
  events: number,
): Result<true> {
  const { browserEvents, events: allowances } = floodsOf(strapi);
  const may =
    kind === 'server' ? success(true as const) : within(strapi, browserEvents, ctx.ip, events);
  if (may.ok) allowances[kind].spend(events, performance.now());
  return may;
}

/** Who is logged in is asked only once there is something to write. */
export async function senderOf(
  strapi: Core.Strapi,
  ctx: Context,
  kind: Sender['kind'],
): Promise<Sender> {
  if (kind === 'server') return { kind };
  const [resolver] = visitorResolver.members(strapi);
  const customerId = (await resolver?.customerOf(ctx)) ?? null;
  return { kind, customerId, isBot: isbot(ctx.get('user-agent')) };
}
