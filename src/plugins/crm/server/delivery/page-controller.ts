/** What people reach from a message: links, the open pixel, the unsubscribe page. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import { membersService } from '../members';
import {
  action,
  controller,
  hitRateLimit,
  isLocale,
  success,
  type Locale,
  type RateLimit,
  type Result,
} from '../kernel';

import { preferencesOf, savePreferences } from './preferences';
import { refusedPage } from './refused-page';
import { recordClick, recordOpen } from './tracking/record';
import {
  channelsOfPerson,
  mayComeBack,
  setChannels,
  subscriptionOf,
  switchesOf,
  type Subscription,
} from './tracking/unsubscribe';

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** By one link; a person tries this and that, and is done. The one click is never counted. */
const saves: RateLimit = { name: 'delivery.unsubscribe-page', limit: 30, windowSeconds: 3600 };

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
  if (subscription) await page(strapi, ctx, subscription, 'nothing');
  else await broken(strapi, ctx, locale);
  return success(undefined);
});

const unsubscribe = action(formSchema, async ({ strapi, ctx, input, locale }) => {
  const subscription = await subscriptionOf(strapi, input.params.token);
  if (subscription) return answered(strapi, ctx, subscription, input.body);
  await broken(strapi, ctx, locale);
  return success(undefined);
});

/** The same page for whoever is logged in. */
const showPreferences = action(z.object({}), async ({ strapi, ctx, locale }) => {
  const member = await membersService(strapi).memberOf(ctx);
  if (member) await page(strapi, ctx, ownSubscription(member.customerId, locale), 'nothing');
  else ctx.redirect('/m/login?next=/m/preferences');
  return success(undefined);
});

const savePreferencesPage = action(
  z.object({ body: fieldsSchema }),
  async ({ strapi, ctx, input, locale }) => {
    const same = membersService(strapi).requireSameOrigin(ctx);
    if (!same.ok) return refusedPage(strapi, ctx, same.refusal, locale);
    const member = await membersService(strapi).requireMember(ctx);
    if (!member.ok) return refusedPage(strapi, ctx, member.refusal, locale);
    return answered(strapi, ctx, ownSubscription(member.value.customerId, locale), input.body);
  },
);

const ownSubscription = (customerId: number, locale: Locale): Subscription => ({
  messageId: null,
  campaignId: null,
  customerId,
  channel: null,
  locale,
});

async function answered(
  strapi: Core.Strapi,
  ctx: Context,
  subscription: Subscription,
  body: Readonly<Record<string, unknown>>,
): Promise<Result<undefined>> {
  const done = await submitted(strapi, ctx, subscription, body);
  if (done.ok) return done;
  return refusedPage(strapi, ctx, done.refusal, readerOf(ctx, subscription));
}

/**
 * The page's form, or the one click of RFC 8058. The click names no topic and no rest, so it means
 * all advertising on the channel: that is what 特定電子メール法 makes of an unqualified no.
 */
async function submitted(
  strapi: Core.Strapi,
  ctx: Context,
  subscription: Subscription,
  body: Readonly<Record<string, unknown>>,
): Promise<Result<undefined>> {
  const { channel } = subscription;
  let isDone = true;
  if (body.intent === 'save') {
    const saved = await save(strapi, subscription, body);
    if (!saved.ok) return saved;
    isDone = saved.value;
  } else if (body.intent === 'stop') {
    const all = await channelsOfPerson(strapi, subscription);
    const none = all.map((entry) => ({ channel: entry.channel, granted: false }));
    await setChannels(strapi, subscription, none, sourceOf(subscription));
  } else if (channel !== null) {
    await setChannels(strapi, subscription, [{ channel, granted: false }], 'one-click');
  }
  await page(strapi, ctx, subscription, isDone ? 'saved' : 'login');
  return success(undefined);
}

const sourceOf = ({ messageId }: Subscription) =>
  messageId === null ? 'my-page' : 'unsubscribe-page';

/** False: something of it only a login may ask for. */
async function save(
  strapi: Core.Strapi,
  subscription: Subscription,
  body: Readonly<Record<string, unknown>>,
): Promise<Result<boolean>> {
  const { messageId, customerId } = subscription;
  if (messageId !== null) {
    const limited = await hitRateLimit(strapi, saves, String(messageId));
    if (!limited.ok) return limited;
  }
  const wished = (await channelsOfPerson(strapi, subscription))
    // What the page of a link does not show, it does not speak of either: unless it says yes.
    .filter((entry) => isShown(subscription, entry.channel) || body[entry.channel] === 'on')
    .map((entry) => ({ channel: entry.channel, granted: body[entry.channel] === 'on' }));
  const refused = await setChannels(strapi, subscription, wished, sourceOf(subscription));
  const asked =
    body.preferences !== '1' ||
    (await savePreferences(strapi, customerId, body, { onlyLess: messageId !== null }));
  return success(asked && refused.length === 0);
}

const isShown = ({ messageId, channel: own }: Subscription, channel: string): boolean =>
  messageId === null || channel === own;

/** In the language of the message, unless the reader asks for another one. */
async function page(
  strapi: Core.Strapi,
  ctx: Context,
  subscription: Subscription,
  came: 'nothing' | 'saved' | 'login',
) {
  const switches = await switchesOf(strapi, subscription);
  await membersService(strapi).renderPage(ctx, 'delivery/unsubscribe', {
    ...(isLocale(ctx.query.lang) ? {} : { locale: subscription.locale }),
    switches,
    saved: came === 'saved',
    needsLogin: came === 'login',
    isLink: subscription.messageId !== null,
    canReturn: await mayComeBack(strapi, subscription),
    anyGranted: switches.some(({ granted }) => granted),
    preferences: await preferencesOf(strapi, subscription.customerId, readerOf(ctx, subscription)),
  });
}

const readerOf = (ctx: Context, { locale }: Subscription): Locale =>
  isLocale(ctx.query.lang) ? ctx.query.lang : locale;

async function broken(strapi: Core.Strapi, ctx: Context, locale: Locale) {
  await membersService(strapi).renderPage(ctx, 'delivery/broken-link', { locale }, 404);
}

export const deliveryPages = controller({
  click,
  open,
  showUnsubscribe,
  unsubscribe,
  showPreferences,
  savePreferences: savePreferencesPage,
});
