/**
 * One way for all forms: a POST of our own pages or JSON → check → use case → redirect or JSON.
 * What is refused is shown again as the form it came from, errors beside the fields.
 */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { z } from 'zod';

import {
  answerRefusal,
  crmConfig,
  localeOf,
  parseInput,
  refuse,
  success,
  translate,
  type Locale,
  type Refusal,
  type Result,
} from '../kernel';
import { isSameOrigin } from './domain/same-origin';
import type { Asker } from './registration';
import { renderPage } from './view';

export interface FormRequest<Input> {
  readonly strapi: Core.Strapi;
  readonly ctx: Context;
  readonly input: Input;
  readonly asker: Asker;
}

/** What a form that worked leads to. */
export interface FormDone {
  /** Where the browser goes. */
  readonly to: string;
  /** What JSON callers get. */
  readonly data: object;
}

interface Form<S extends z.ZodType> {
  readonly schema: S;
  /** Shows the form again; `form.values`, `form.errors` and `form.message` are added. */
  readonly again: (request: FormRequest<unknown>) => Promise<{ template: string; data: object }>;
  readonly run: (request: FormRequest<z.output<S>>) => Promise<Result<FormDone>>;
}

type Handler = (strapi: Core.Strapi) => (ctx: Context) => Promise<void>;

export const askerOf = (strapi: Core.Strapi, ctx: Context): Asker => ({
  ip: ctx.ip,
  userAgent: ctx.get('user-agent').slice(0, 300),
  locale: localeOf(ctx, crmConfig(strapi).defaultLocale),
});

/** HTML wins where both would do, so that a browser never sees JSON. */
export const wantsJson = (ctx: Context): boolean => ctx.accepts(['html', 'json']) === 'json';

export function requireSameOrigin(strapi: Core.Strapi, ctx: Context): Result<true> {
  const header = (name: string) => ctx.get(name) || undefined;
  const same = isSameOrigin({
    fetchSite: header('sec-fetch-site'),
    origin: header('origin'),
    contentType: ctx.request.type || undefined,
    own: [new URL(crmConfig(strapi).publicUrl).origin, ctx.origin],
  });
  return same ? success(true) : refuse('members.other-site', 403);
}

export function formAction<S extends z.ZodType>(form: Form<S>): Handler {
  return (strapi) => async (ctx) => {
    const body: unknown = (ctx.request as { body?: unknown }).body ?? {};
    const asker = askerOf(strapi, ctx);
    const done = await submit(strapi, ctx, form, { body, asker });
    ctx.set('Cache-Control', 'private, no-store');
    if (done.ok) return answer(ctx, done.value);
    if (wantsJson(ctx)) return answerRefusal(strapi, ctx, done.refusal, asker.locale);
    const { template, data } = await form.again({ strapi, ctx, input: body, asker });
    const again = { ...data, form: refusedForm(strapi, asker.locale, body, done.refusal) };
    await renderPage(strapi, ctx, template, again, done.refusal.status);
  };
}

async function submit<S extends z.ZodType>(
  strapi: Core.Strapi,
  ctx: Context,
  form: Form<S>,
  { body, asker }: { body: unknown; asker: Asker },
): Promise<Result<FormDone>> {
  const own = requireSameOrigin(strapi, ctx);
  if (!own.ok) return own;
  const input = parseInput(form.schema, body, asker.locale);
  return input.ok ? form.run({ strapi, ctx, input: input.value, asker }) : input;
}

function answer(ctx: Context, done: FormDone): void {
  if (wantsJson(ctx)) {
    ctx.body = { data: done.data };
    return;
  }
  ctx.status = 303;
  ctx.set('Location', done.to);
}

/** What was entered comes back, except what must not stand in a page. */
function refusedForm(strapi: Core.Strapi, locale: Locale, body: unknown, refusal: Refusal) {
  const given = Object(body) as { custom?: unknown };
  const own = Object.entries(Object(given.custom) as object);
  const fields: [string, unknown][] = [
    ...Object.entries(given),
    ...own.map(([key, value]): [string, unknown] => [`custom.${key}`, value]),
  ];
  const entered = fields.filter(
    ([key, value]) => typeof value === 'string' && !/password|token/i.test(key),
  );
  return {
    values: Object.fromEntries(entered),
    errors: Object.fromEntries((refusal.fields ?? []).map(({ path, message }) => [path, message])),
    message: translate(strapi, locale, refusal.code, refusal.params),
    code: refusal.code,
  };
}
