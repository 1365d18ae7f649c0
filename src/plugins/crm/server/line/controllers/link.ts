/** The page between the button in LINE and LINE's own confirmation, and the way out of a link. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import {
  action,
  controller,
  hitRateLimit,
  inTransaction,
  refuse,
  success,
  translate,
  type Locale,
  type RateLimit,
  type Refusal,
  type Result,
} from '../../kernel';
import { membersService, type Member } from '../../members';
import { lineService } from '..';
import { describeLink, startLink } from '../linking/start-link';

/** LINE's tokens are longer than a guess and shorter than this. */
const linkToken = z.string().min(1).max(500);

const attempts: RateLimit = { name: 'line.link', limit: 30, windowSeconds: 600 };

const wantsJson = (ctx: Context): boolean => ctx.accepts(['html', 'json']) === 'json';

/** Refusals as a page that says what is wrong and how to go on, or as JSON for a front end. */
async function refusePage(
  strapi: Core.Strapi,
  ctx: Context,
  locale: Locale,
  refusal: Refusal,
): Promise<Result<unknown>> {
  if (wantsJson(ctx)) return { ok: false, refusal };
  const message = translate(strapi, locale, refusal.code, refusal.params);
  await membersService(strapi).renderPage(ctx, 'line/refused', { message }, refusal.status);
  return success(undefined);
}

/** The member, or the way to the login that comes back here. */
async function memberOrLogin(
  strapi: Core.Strapi,
  ctx: Context,
  locale: Locale,
): Promise<{ member: Member } | { answer: Result<unknown> }> {
  const member = await membersService(strapi).memberOf(ctx);
  if (member) return { member };
  if (wantsJson(ctx)) return { answer: refuse('line.login-first', 401) };
  // In the language of the button that brought her here, whatever the browser in the app prefers.
  ctx.redirect(`/m/login?next=${encodeURIComponent(ctx.url)}&lang=${locale}`);
  return { answer: success(undefined) };
}

const show = action(
  z.object({ query: z.object({ linkToken }) }),
  async ({ strapi, ctx, input, locale }) => {
    // Proxies and previews ask with HEAD; nothing is used up by looking.
    const caller = await memberOrLogin(strapi, ctx, locale);
    if ('answer' in caller) return caller.answer;
    const { customerId } = caller.member;
    const offer = await describeLink(strapi, input.query.linkToken, customerId, locale);
    if (!offer.ok) return refusePage(strapi, ctx, locale, offer.refusal);
    if (wantsJson(ctx)) return success({ data: offer.value });
    await membersService(strapi).renderPage(ctx, 'line/link', {
      offer: offer.value,
      linkToken: input.query.linkToken,
    });
    return success(undefined);
  },
);

const start = action(
  z.object({
    body: z.object({
      linkToken,
      /** Two buttons: link and be told of news, or only link. */
      consent: z.enum(['yes', 'no']),
    }),
  }),
  async ({ strapi, ctx, input, locale }) => {
    const members = membersService(strapi);
    const ours = members.requireSameOrigin(ctx);
    if (!ours.ok) return refusePage(strapi, ctx, locale, ours.refusal);
    const member = await members.requireMember(ctx);
    if (!member.ok) return refusePage(strapi, ctx, locale, member.refusal);
    const { customerId } = member.value;
    const allowed = await hitRateLimit(strapi, attempts, String(customerId));
    if (!allowed.ok) return refusePage(strapi, ctx, locale, allowed.refusal);
    const { linkToken: token, consent } = input.body;
    const started = await startLink(strapi, {
      linkToken: token,
      customerId,
      consents: consent === 'yes',
      locale,
    });
    if (!started.ok) return refusePage(strapi, ctx, locale, started.refusal);
    if (wantsJson(ctx)) return success({ data: started.value });
    // A page that goes on by itself, not a redirect: under `form-action 'self'`, which Strapi sends,
    // a form may not be answered with a redirect to another site.
    await members.renderPage(ctx, 'line/go', started.value);
    return success(undefined);
  },
);

const unlink = action(z.object({}), async ({ strapi, ctx, locale }) => {
  const members = membersService(strapi);
  const ours = members.requireSameOrigin(ctx);
  if (!ours.ok) return refusePage(strapi, ctx, locale, ours.refusal);
  const member = await members.requireMember(ctx);
  if (!member.ok) return refusePage(strapi, ctx, locale, member.refusal);
  const { customerId } = member.value;
  const account = await members.accountOf(customerId);
  // Her only way in would be gone.
  if (!account?.email) {
    return refusePage(strapi, ctx, locale, refuse('line.unlink-locks-out', 409).refusal);
  }
  const unlinked = await inTransaction(strapi, (unit) =>
    lineService(strapi).unlink(unit, customerId, 'member'),
  );
  if (wantsJson(ctx)) return success({ data: { unlinked } });
  ctx.status = 303;
  ctx.redirect('/m/me');
  return success(undefined);
});

export const linkController = controller({ show, start, unlink });
