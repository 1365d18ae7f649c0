/**
 * The one way a controller is written: parse with zod → call a service → answer. Refusals become
 * Strapi's error shape in the reader's language:
 * `{ error: { status, name: 'Refusal', code, message, details: { fields: [{ path, code, message }] } } }`.
 */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { z } from 'zod';

import { crmConfig } from './config';
import { issueMessages } from './issue-messages';
import { localeOf, type Locale } from './locale';
import { translate } from './messages';
import { refuse, type FieldIssue, type Refusal, type Result } from './result';

export interface ActionRequest<Input> {
  readonly strapi: Core.Strapi;
  readonly ctx: Context;
  readonly input: Input;
  readonly locale: Locale;
}

type Action = (strapi: Core.Strapi) => (ctx: Context) => Promise<void>;

/** Everything the caller sent; a schema picks what it wants: `z.object({ query: …, body: … })`. */
interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

export function action<S extends z.ZodType>(
  schema: S,
  run: (request: ActionRequest<z.output<S>>) => Promise<Result<unknown>>,
): Action {
  return (strapi) => async (ctx) => {
    const locale = localeOf(ctx, crmConfig(strapi).defaultLocale);
    const parsed = parseInput(schema, rawInput(ctx), locale);
    const result = parsed.ok ? await run({ strapi, ctx, input: parsed.value, locale }) : parsed;
    if (result.ok) answer(ctx, result.value);
    else answerRefusal(strapi, ctx, result.refusal, locale);
  };
}

/** `feature.ts` lists `controllers: { customers: controller({ list: action(…) }) }`. */
export const controller =
  (actions: Readonly<Record<string, Action>>) =>
  ({ strapi }: { strapi: Core.Strapi }) =>
    Object.fromEntries(Object.entries(actions).map(([name, make]) => [name, make(strapi)]));

function rawInput(ctx: Context): RawInput {
  return {
    params: ctx.params,
    query: ctx.query,
    body: (ctx.request as { body?: unknown }).body ?? {},
  };
}

function answer(ctx: Context, value: unknown): void {
  // A page action has written the body itself (HTML, a redirect, a file).
  if (value === undefined) return;
  ctx.body = value;
}

export function answerRefusal(
  strapi: Core.Strapi,
  ctx: Context,
  refusal: Refusal,
  locale: Locale,
): void {
  ctx.status = refusal.status;
  ctx.body = {
    data: null,
    error: {
      status: refusal.status,
      name: 'Refusal',
      code: refusal.code,
      message: translate(strapi, locale, refusal.code, refusal.params),
      details: { fields: refusal.fields ?? [] },
    },
  };
}

/**
 * Parses untrusted input; the refusal names every wrong field in the reader's language, which is
 * asked for only then where it is given as a function.
 */
export function parseInput<S extends z.ZodType>(
  schema: S,
  input: unknown,
  locale: Locale | (() => Locale),
): Result<z.output<S>> {
  const error: z.core.$ZodErrorMap =
    typeof locale === 'function'
      ? (issue) => issueMessages(locale())(issue)
      : issueMessages(locale);
  const result = schema.safeParse(input, { error });
  if (result.success) return { ok: true, value: result.data };
  const fields: FieldIssue[] = result.error.issues.map((issue) => ({
    path: issue.path
      .map(String)
      .join('.')
      .replace(/^(body|query|params)\./, ''),
    code: issue.code,
    message: issue.message,
  }));
  return refuse('kernel.invalid-input', 400, { fields });
}
