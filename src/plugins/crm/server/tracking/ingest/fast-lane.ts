/**
 * The tracking API, answered before Strapi's middlewares: sessions, body parsing, static files and
 * five hundred routes cost many times what writing an event costs.
 */
import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';

import type { TrackingCall } from '../../../shared/tracking';
import { answerRefusal, crmConfig, localeOf, standAside, type Refusal } from '../../kernel';
import { isTrackingCall } from '../domain/batch';
import { receive } from './receive';

const PATH = '/crm/track/v1/';
const SMALL_BYTES = 64 * 1024;

type Call = TrackingCall['type'] | 'batch';

function callOf(path: string, base: string): Call | undefined {
  if (!path.startsWith(base)) return undefined;
  const name = path.slice(base.length);
  return name === 'batch' || isTrackingCall(name) ? name : undefined;
}

function answerNo(strapi: Core.Strapi, ctx: Context, refusal: Refusal): void {
  answerRefusal(strapi, ctx, refusal, localeOf(ctx, crmConfig(strapi).defaultLocale));
  const seconds = refusal.params?.seconds;
  if (seconds !== undefined) ctx.set('Retry-After', String(seconds));
  // What is left of a large body that was not read is not waited for; a small one costs less than
  // the next connection of whoever tries again.
  const bytes = Number(ctx.get('content-length') || Infinity);
  if (!ctx.req.complete && bytes > SMALL_BYTES) ctx.set('Connection', 'close');
}

async function answer(strapi: Core.Strapi, ctx: Context, call: Call): Promise<void> {
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Content-Type-Options', 'nosniff');
  try {
    const locale = () => localeOf(ctx, crmConfig(strapi).defaultLocale);
    const result = await receive(strapi, ctx, call, locale);
    if (result.ok) ctx.body = result.value;
    else answerNo(strapi, ctx, result.refusal);
  } catch (error) {
    // A sender that went away in the middle of its body has nothing to be told.
    if (ctx.req.destroyed && !ctx.req.complete) return;
    strapi.log.error(error);
    answerNo(strapi, ctx, { code: 'tracking.not-written', status: 500 });
  }
}

export function installTrackingLane(strapi: Core.Strapi): void {
  const base = `${strapi.config.get('api.rest.prefix', '/api')}${PATH}`;
  strapi.server.use(async (ctx: Context, next: Next) => {
    const call = ctx.method === 'POST' ? callOf(ctx.path, base) : undefined;
    if (!call) return next();
    standAside(strapi, ctx.res);
    const started = Date.now();
    await answer(strapi, ctx, call);
    if (strapi.log.isLevelEnabled('http')) {
      strapi.log.http(`${ctx.method} ${ctx.url} (${Date.now() - started} ms) ${ctx.status}`);
    }
  });
}
