import { createReadStream } from 'node:fs';

import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { answerRefusal, controller, refuse } from '../../kernel';
import { confirmationState } from '../confirmation';
import { safeNext } from '../domain/next-path';
import { askerOf, wantsJson } from '../forms';
import { linkState } from '../login';
import { emailLinkState } from '../email-change';
import { copyOf } from '../leaving';
import { loginPage, mePage, ownAccount, registerPage } from '../pages';
import { passwordLinkState } from '../password-reset';
import { memberOf, requireMember } from '../sessions';
import { assetFile, renderPage } from '../view';

type Page = (strapi: Core.Strapi) => (ctx: Context) => Promise<void>;

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 500) : '');

/** The same page as HTML, or its data as JSON. */
const show =
  (
    template: string,
    dataOf: (strapi: Core.Strapi, ctx: Context) => Promise<object> = async () => ({}),
  ): Page =>
  (strapi) =>
  async (ctx) => {
    const data = await dataOf(strapi, ctx);
    if (!wantsJson(ctx)) return renderPage(strapi, ctx, template, data);
    ctx.set('Cache-Control', 'private, no-store');
    ctx.body = { data };
  };

const nextOf = (ctx: Context): string => safeNext(ctx.query.next, '');

const me: Page = (strapi) => async (ctx) => {
  const { locale } = askerOf(strapi, ctx);
  const data = await mePage(strapi, ctx, locale);
  ctx.set('Cache-Control', 'private, no-store');
  if (!data && wantsJson(ctx)) {
    return answerRefusal(strapi, ctx, refuse('members.login-required', 401).refusal, locale);
  }
  if (!data) {
    ctx.redirect(`/m/login?next=${encodeURIComponent('/m/me')}`);
    return;
  }
  if (wantsJson(ctx)) ctx.body = { data };
  else await renderPage(strapi, ctx, 'members/me', { ...data, saved: text(ctx.query.saved) });
};

const leavePage: Page = (strapi) => async (ctx) => {
  const account = await ownAccount(strapi, ctx);
  if (!account) {
    ctx.redirect(`/m/login?next=${encodeURIComponent('/m/me/leave')}`);
    return;
  }
  await renderPage(strapi, ctx, 'members/leave', { account });
};

/** A file to keep: JSON, which other services read as well. */
const copy: Page = (strapi) => async (ctx) => {
  const { locale } = askerOf(strapi, ctx);
  const member = await requireMember(strapi, ctx);
  const done = member.ok ? await copyOf(strapi, member.value.customerId) : member;
  ctx.set('Cache-Control', 'private, no-store');
  if (!done.ok) return answerRefusal(strapi, ctx, done.refusal, locale);
  ctx.attachment('my-data.json');
  ctx.type = 'application/json';
  ctx.body = JSON.stringify(done.value, null, 2);
};

const TYPES = { 'member.css': 'text/css', 'member.js': 'text/javascript' } as const;

const asset: Page = () => async (ctx) => {
  const file = text(ctx.params.file);
  if (!(file in TYPES)) return;
  ctx.type = TYPES[file as keyof typeof TYPES];
  ctx.set('Cache-Control', 'public, max-age=300');
  ctx.body = createReadStream(assetFile(file));
};

export const memberPages = controller({
  register: show('members/register', (strapi, ctx) =>
    registerPage(strapi, askerOf(strapi, ctx), nextOf(ctx)),
  ),
  checkMail: show('members/check-mail'),
  confirm: show('members/confirm', async (strapi, ctx) => {
    const token = text(ctx.query.token);
    return { token, state: await confirmationState(strapi, token) };
  }),
  login: show('members/login', (strapi, ctx) =>
    loginPage(strapi, askerOf(strapi, ctx), nextOf(ctx)),
  ),
  loginLink: show('members/login-link', async (strapi, ctx) => {
    const token = text(ctx.query.token);
    return { token, state: await linkState(strapi, token) };
  }),
  loginCode: show('members/login-code'),
  email: show('members/email', async (strapi, ctx) => {
    const token = text(ctx.query.token);
    const state = await emailLinkState(
      strapi,
      token,
      (await memberOf(strapi, ctx))?.userId ?? null,
    );
    return { token, state, next: encodeURIComponent(`/m/email?token=${token}`) };
  }),
  newPassword: show('members/new-password', async (strapi, ctx) => {
    const token = text(ctx.query.token);
    // Without a token it is the page that asks for the address.
    return token ? { token, state: await passwordLinkState(strapi, token) } : { state: 'asking' };
  }),
  me,
  leave: leavePage,
  left: show('members/left'),
  copy,
  asset,
});
