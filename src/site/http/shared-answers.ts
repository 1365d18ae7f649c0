/** Answers that are the same for every stranger, kept until anything is written. */
import type { Context } from 'koa';

interface Kept {
  readonly body: Buffer;
  readonly headers: Record<string, string | string[]>;
  readonly until: number;
}

export interface SharedAnswers {
  /** Writes the kept answer; false when there is none for this request. */
  answer(ctx: Context): boolean;
  /** Keeps the answer just written, if it may be shared. */
  keep(ctx: Context): void;
  clear(): void;
}

const MOST = 500;
/** How long a node may show what another node has changed. */
const LONGEST_MS = 5_000;

export function createSharedAnswers(): SharedAnswers {
  let kept = new Map<string, Kept>();
  // What was being made when something was written is old before it is done.
  const begun = new WeakMap<Context, typeof kept>();
  return {
    answer(ctx) {
      begun.set(ctx, kept);
      const known = isStranger(ctx) ? kept.get(keyOf(ctx)) : undefined;
      if (!known || known.until < Date.now()) return false;
      ctx.status = 200;
      ctx.set(known.headers as Record<string, string>);
      ctx.body = known.body;
      return true;
    },
    keep(ctx) {
      if (begun.get(ctx) !== kept || !isStranger(ctx) || !maySpread(ctx)) return;
      const headers = { ...ctx.response.headers } as Kept['headers'];
      delete headers['content-length'];
      if (kept.size >= MOST) kept = new Map();
      kept.set(keyOf(ctx), { body: bytesOf(ctx.body), headers, until: Date.now() + LONGEST_MS });
    },
    clear() {
      kept = new Map();
    },
  };
}

function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Any cookie may be somebody's. */
const isStranger = ({ headers }: Context): boolean => headers.cookie === undefined;

/** The site said so itself, and nothing in the answer is for one browser. */
const maySpread = ({ status, response }: Context): boolean =>
  status === 200 &&
  String(response.headers['cache-control'] ?? '').startsWith('public') &&
  response.headers['set-cookie'] === undefined;

const keyOf = ({ url, headers }: Context): string => `${url}\n${headers.accept ?? ''}`;
