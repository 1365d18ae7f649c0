/** LINE Login: out to LINE, back with a code, and the page for whoever is new. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import { consentService, wordingKey } from '../../consent';
import { customersService } from '../../customers';
import {
  action,
  clock,
  controller,
  crmConfig,
  hitRateLimit,
  refuse,
  success,
  translate,
  type ActionRequest,
  type Locale,
  type RateLimit,
  type Result,
} from '../../kernel';
import { membersService, type Member } from '../../members';
import { addFriendUrl } from '../account-panel';
import { askLine, loginChannel, redeemCode, type LoginAnswer } from '../client/login-client';
import { cameBy } from '../friend-routes/come';
import { findLogin, linkToMember, registerByLine, type LinePerson } from '../login/accounts';
import {
  beginLogin,
  forgetPending,
  keepPending,
  pendingOf,
  takeBegun,
} from '../login/authorization';
import { memberNameOf } from '../linking/start-link';

const HOME = '/m/me';
const WELCOME = '/m/line/login/welcome';

const attempts: RateLimit = { name: 'line.login', limit: 60, windowSeconds: 600 };

const wantsJson = (ctx: Context): boolean => ctx.accepts(['html', 'json']) === 'json';

type PageRequest = Pick<ActionRequest<unknown>, 'strapi' | 'ctx' | 'locale'>;

async function refused(
  { strapi, ctx, locale }: PageRequest,
  code: string,
  status: number,
): Promise<Result<unknown>> {
  if (wantsJson(ctx)) return refuse(code, status);
  const message = translate(strapi, locale, code);
  await membersService(strapi).renderPage(ctx, 'line/login-refused', { message }, status);
  return success(undefined);
}

function goTo(ctx: Context, to: string, data: object): Result<unknown> {
  ctx.set('Cache-Control', 'private, no-store');
  if (wantsJson(ctx)) return success({ data: { ...data, to } });
  ctx.status = 303;
  ctx.redirect(to);
  return success(undefined);
}

async function enter(
  { strapi, ctx }: PageRequest,
  member: Pick<Member, 'customerId' | 'userId'>,
  next: string,
): Promise<Result<unknown>> {
  forgetPending(strapi, ctx);
  await membersService(strapi).startSession(ctx, member);
  return goTo(ctx, next, { status: 'logged-in' });
}

/** What a person whom LINE has named comes to: her account, or the choice of one. */
async function arrive(
  request: PageRequest,
  person: LinePerson,
  next: string,
): Promise<Result<unknown>> {
  const { strapi, ctx, locale } = request;
  const found = await findLogin(strapi, person, locale);
  if (found.kind === 'blocked') return refused(request, 'line.login-blocked', 403);
  if (found.kind === 'member') return enter(request, found.member, next);
  keepPending(strapi, ctx, { ...person, next });
  return goTo(ctx, WELCOME, { status: 'unknown' });
}

const personOf = ({ claims }: Extract<LoginAnswer, { ok: true }>): LinePerson => ({
  userId: claims.sub,
  name: claims.name?.slice(0, 60) ?? '',
});

async function notBelieved(request: PageRequest, problem: string): Promise<Result<unknown>> {
  request.strapi.log.warn(`crm: a LINE log-in was refused: ${problem}`);
  return problem === 'unreachable'
    ? refused(request, 'line.login-unreachable', 502)
    : refused(request, 'line.login-refused', 400);
}

/** Who came by a friend route is not logged in: she scanned a poster to be a friend. */
async function thanks(
  { strapi, ctx }: PageRequest,
  { userId }: LinePerson,
  route: string,
  beganAt: number,
): Promise<Result<unknown>> {
  await cameBy(strapi, userId, { route, beganAt, now: clock(strapi).now().getTime() });
  const [account] = crmConfig(strapi).line.accounts;
  return goTo(ctx, account ? addFriendUrl(account) : HOME, { status: 'came' });
}

const start = action(
  z.object({
    query: z.object({ next: z.string().max(500).optional(), link: z.string().optional() }),
  }),
  async (request) => {
    const { strapi, ctx, input, locale } = request;
    const channel = loginChannel(strapi);
    if (!channel) return refuse('kernel.not-found', 404);
    const allowed = await hitRateLimit(strapi, attempts, ctx.ip);
    if (!allowed.ok) return refused(request, allowed.refusal.code, 429);
    const members = membersService(strapi);
    const member = input.query.link === undefined ? null : await members.memberOf(ctx);
    if (input.query.link !== undefined && !member) return goTo(ctx, '/m/login', {});
    const next = members.safeNext(input.query.next, HOME);
    const to = beginLogin(strapi, ctx, channel, {
      next,
      linkTo: member?.customerId ?? null,
      locale,
    });
    return goTo(ctx, to, { status: 'continue-at-line' });
  },
);

const callback = action(
  z.object({
    query: z.object({
      state: z.string().max(200).default(''),
      code: z.string().max(500).optional(),
      error: z.string().max(200).optional(),
    }),
  }),
  async (request) => {
    const { strapi, ctx, input } = request;
    const channel = loginChannel(strapi);
    if (!channel) return refuse('kernel.not-found', 404);
    const { state, code } = input.query;
    const begun = takeBegun(strapi, ctx, state);
    if (!begun) return refused(request, 'line.login-expired', 400);
    if (code === undefined) return refused(request, 'line.login-denied', 400);
    const answer = await redeemCode(strapi, channel, { ...begun, code });
    if (!answer.ok) return notBelieved(request, answer.problem);
    const person = personOf(answer);
    if (begun.route !== null) return thanks(request, person, begun.route, begun.beganAt);
    if (begun.linkTo === null) return arrive(request, person, begun.next);
    // Still the same member in this browser: nobody else's account is joined to this LINE user.
    const member = await membersService(strapi).memberOf(ctx);
    if (member?.customerId !== begun.linkTo) return refused(request, 'line.login-expired', 400);
    const linked = await linkToMember(strapi, person, member.customerId);
    return linked.ok
      ? goTo(ctx, `${HOME}?saved=line#line`, { status: 'linked' })
      : refused(request, linked.refusal.code, linked.refusal.status);
  },
);

/** LINE's app gives a page inside it (LIFF) an ID token; the page hands it on. */
const idToken = action(
  z.object({ body: z.object({ idToken: z.string().min(1).max(10_000) }) }),
  async (request) => {
    const { strapi, ctx, input } = request;
    const channel = loginChannel(strapi);
    if (!channel) return refuse('kernel.not-found', 404);
    const ours = membersService(strapi).requireSameOrigin(ctx);
    if (!ours.ok) return ours;
    const allowed = await hitRateLimit(strapi, attempts, ctx.ip);
    if (!allowed.ok) return allowed;
    const answer = await askLine(strapi, channel, input.body.idToken);
    return answer.ok
      ? arrive(request, personOf(answer), HOME)
      : notBelieved(request, answer.problem);
  },
);

async function offerOf(strapi: Core.Strapi, ctx: Context, locale: Locale) {
  const pending = pendingOf(strapi, ctx);
  if (!pending) return null;
  const key = wordingKey('marketing', 'line');
  const wording = await consentService(strapi).currentWording(key, locale);
  const member = await membersService(strapi).memberOf(ctx);
  const customer = member && (await customersService(strapi).find(member.customerId));
  return {
    displayName: pending.name,
    loggedIn: member !== null,
    memberName: memberNameOf(customer, locale),
    wording: wording?.text ?? null,
    loginUrl: `/m/login?next=${encodeURIComponent(WELCOME)}`,
  };
}

const welcome = action(z.object({}), async (request) => {
  const { strapi, ctx, locale } = request;
  const offer = await offerOf(strapi, ctx, locale);
  if (!offer) return refused(request, 'line.login-expired', 400);
  if (wantsJson(ctx)) return success({ data: offer });
  await membersService(strapi).renderPage(ctx, 'line/login-welcome', { offer });
  return success(undefined);
});

const ticked = z.union([z.boolean(), z.string().max(10)]).optional();

const join = action(
  z.object({ body: z.object({ as: z.enum(['new', 'mine']), consent: ticked }) }),
  async (request) => {
    const { strapi, ctx, input, locale } = request;
    const members = membersService(strapi);
    const ours = members.requireSameOrigin(ctx);
    if (!ours.ok) return refused(request, ours.refusal.code, 403);
    const pending = pendingOf(strapi, ctx);
    if (!pending) return refused(request, 'line.login-expired', 400);
    if (input.body.as === 'mine') {
      const member = await members.requireMember(ctx);
      if (!member.ok) return refused(request, member.refusal.code, 401);
      const linked = await linkToMember(strapi, pending, member.value.customerId);
      if (!linked.ok) return refused(request, linked.refusal.code, linked.refusal.status);
      forgetPending(strapi, ctx);
      return goTo(ctx, `${HOME}?saved=line#line`, { status: 'linked' });
    }
    // Pressed twice, or registered elsewhere meanwhile: she is then simply logged in.
    const found = await findLogin(strapi, pending, locale);
    if (found.kind === 'blocked') return refused(request, 'line.login-blocked', 403);
    if (found.kind === 'member') return enter(request, found.member, pending.next);
    const { consent } = input.body;
    const consents = consent === true || consent === 'on';
    const opened = await registerByLine(strapi, pending, { locale, consents, ip: ctx.ip });
    return opened.ok
      ? enter(request, opened.value, pending.next)
      : refused(request, opened.refusal.code, opened.refusal.status);
  },
);

export const loginController = controller({ start, callback, idToken, welcome, join });
