/** What people reach from a message: links, the open pixel, the unsubscribe page. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import { membersService } from '../members';
import { action, controller, isLocale, success, type Locale } from '../kernel';

import { recordClick, recordOpen } from './tracking/record';
import { setChannels, subscriptionOf, switchesOf, type Subscription } from './tracking/unsubscribe';

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const tokenSchema = z.object({ params: z.object({ token: z.string().max(300) }) });

/** A form's fields, or the one line of RFC 8058; whatever else comes is the one click too. */
const fieldsSchema = z
  .unknown()
  .transform((body): Readonly<Record<string, unknown>> =>
    typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : {},
  );

const formSchema = tokenSchema.extend({ body: fieldsSchema });

const click = action(tokenSchema, async ({ strapi, ctx, input, locale }) => {
  const url = await recordClick(strapi, ctx, input.params.token);
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Robots-Tag', 'noindex');
  if (url) ctx.redirect(url);
  else await broken(strapi, ctx, locale);
  return success(undefined);
});

const open = action(tokenSchema, async ({ strapi, ctx, input }) => {
  await recordOpen(strapi, ctx, input.params.token.replace(/\.gif$/, ''));
  ctx.set('Cache-Control', 'no-store, private');
  ctx.type = 'image/gif';
  ctx.body = PIXEL;
  return success(undefined);
});

/** Scanners fetch every link of a mail, so this only shows. */
const showUnsubscribe = action(tokenSchema, async ({ strapi, ctx, input, locale }) => {
  const subscription = await subscriptionOf(strapi, input.params.token);
  if (subscription) await page(strapi, ctx, subscription, false);
  else await broken(strapi, ctx, locale);
  return success(undefined);
});

const unsubscribe = action(formSchema, async ({ strapi, ctx, input, locale }) => {
  const subscription = await subscriptionOf(strapi, input.params.token);
  if (!subscription) {
    await broken(strapi, ctx, locale);
    return success(undefined);
  }
  const fromPage = input.body.intent === 'save';
  const wished = fromPage
    ? (await switchesOf(strapi, subscription)).map(({ channel }) => ({
        channel,
        granted: input.body[channel] === 'on',
      }))
    : [{ channel: subscription.channel, granted: false }];
  await setChannels(strapi, subscription, wished, fromPage ? 'unsubscribe-page' : 'one-click');
  await page(strapi, ctx, subscription, true);
  return success(undefined);
});

/** In the language of the message, unless the reader asks for another one. */
async function page(strapi: Core.Strapi, ctx: Context, subscription: Subscription, saved: boolean) {
  const switches = await switchesOf(strapi, subscription);
  await membersService(strapi).renderPage(ctx, 'delivery/unsubscribe', {
    ...(isLocale(ctx.query.lang) ? {} : { locale: subscription.locale }),
    switches,
    saved,
    anyGranted: switches.some(({ granted }) => granted),
  });
}

async function broken(strapi: Core.Strapi, ctx: Context, locale: Locale) {
  await membersService(strapi).renderPage(ctx, 'delivery/broken-link', { locale }, 404);
}

export const deliveryPages = controller({ click, open, showUnsubscribe, unsubscribe });
