/**
 * One call to LINE. The SDK has no timeout and no retry, so both are here: a call that got no
 * answer is repeated with the same retry key, which LINE takes for one.
 */
import {
  channelAccessToken,
  HTTPFetchError,
  insight,
  manageAudience,
  messagingApi,
} from '@line/bot-sdk';

import type { LineAccountConfig } from '../../kernel';
import { describeProblem, isTransient, problemOf, type LineProblem } from '../domain/api-error';
import { messageCalls, RefusedByLine, type Accepted, type MessageCall } from './message-calls';
import type { Ended, Pace } from './pace';

export type LineAnswer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: LineProblem };

export interface ClientOptions {
  readonly account: LineAccountConfig;
  readonly apiOrigin: string;
  readonly dataApiOrigin: string;
  readonly timeoutMs: number;
  readonly pushes: Pace;
  readonly multicasts: Pace;
  readonly profiles: Pace;
  readonly now: () => number;
}

/** Waits before the second and the third try. */
const RETRY_WAITS_MS = [200, 1000];

class NoAnswer extends Error {}

async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer('LINE did not answer in time')), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const NOBODY_THERE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** The system's and undici's codes; what begins with `ERR_` is a bug. */
const OF_CONNECTION = /^(?:E(?!RR_)|UND_ERR_(?!INVALID))/;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** Where nobody listens at one of several addresses, the one error stands for all. */
const connectionCode = (error: Error): string =>
  error instanceof AggregateError ? codeOf(error.errors[0]) : codeOf(error);

/** Refused, or cut off after LINE may have done the work. */
const problemOfConnection = (code: string): LineProblem =>
  NOBODY_THERE.has(code) ? { kind: 'unreachable', reason: code } : { kind: 'timeout' };

function problemOfError(error: unknown): LineProblem {
  if (error instanceof HTTPFetchError) {
    return problemOf({
      status: error.status,
      body: error.body,
      acceptedRequestId: error.headers.get('x-line-accepted-request-id'),
    });
  }
  if (error instanceof RefusedByLine) return problemOf(error);
  if (error instanceof NoAnswer) return { kind: 'timeout' };
  // `fetch failed`
  if (error instanceof TypeError) return problemOfConnection(codeOf(error.cause));
  const code = error instanceof Error ? connectionCode(error) : '';
  if (OF_CONNECTION.test(code)) return problemOfConnection(code);
  throw error;
}

type Api = messagingApi.MessagingApiClient;

/** No token for id and secret: nothing is wrong with the message that waits for it. */
const asUnauthorized = (problem: LineProblem): LineProblem =>
  problem.kind === 'invalid' || problem.kind === 'not-found'
    ? { kind: 'unauthorized', reason: `no token was issued: ${describeProblem(problem)}` }
    : problem;

/**
 * Gives a token: the account's own, or a stateless one that is renewed before it ends. One of its
 * own that LINE takes no more (it was issued anew in the console) is followed by stateless ones.
 */
function tokenSource({ account, apiOrigin, timeoutMs, now }: ClientOptions) {
  const issuer = new channelAccessToken.ChannelAccessTokenClient({ baseURL: apiOrigin });
  let cached: { token: string; until: number } | null = null;
  let own = account.accessToken;
  /** Many calls that find the token at its end wait for one new one. */
  let asked: Promise<string> | null = null;
  const issue = async (): Promise<string> => {
    const { channelId, channelSecret } = account;
    const issued = await inTime(
      issuer.issueStatelessChannelTokenByClientSecret(channelId, channelSecret),
      timeoutMs,
    );
    cached = { token: issued.access_token, until: now() + (issued.expires_in - 60) * 1000 };
    return cached.token;
  };
  return {
    async token(): Promise<string> {
      if (own) return own;
      if (cached && cached.until > now()) return cached.token;
      asked ??= issue().finally(() => {
        asked = null;
      });
      return asked;
    },
    /** True when another token can be had. */
    renew(): boolean {
      if (!own && !cached) return false;
      own = undefined;
      cached = null;
      return true;
    },
  };
}

/** The parts of LINE's API that have a client of their own. */
interface Parts {
  readonly insight: insight.InsightClient;
  readonly audiences: manageAudience.ManageAudienceClient;
  /** Pictures go to a host of their own. */
  readonly blobs: messagingApi.MessagingApiBlobClient;
  readonly message: (kind: MessageCall, request: object, retryKey: string) => Promise<Accepted>;
}

type Run<T> = (api: Api, parts: Parts) => Promise<T>;

const asAnswer = <T>(value: T): LineAnswer<T> => ({ ok: true, value });
const asNoToken = (error: unknown): LineAnswer<never> => ({
  ok: false,
  problem: asUnauthorized(problemOfError(error)),
});

const nothing: Promise<Ended> = Promise.resolve(() => undefined);
/** As if LINE were away: nothing was sent, and it costs nobody an attempt. */
const asUncounted = (error: unknown): LineAnswer<Ended> => ({
  ok: false,
  problem: { kind: 'unreachable', reason: `pace: ${String(error)}` },
});

/** LINE's API as the holder of a token sees it; made anew only when the token is another. */
function wires({ apiOrigin, dataApiOrigin, timeoutMs }: ClientOptions) {
  const messages = messageCalls(apiOrigin, timeoutMs);
  let made: { token: string; api: Api; parts: Parts } | null = null;
  return (channelAccessToken: string): { readonly api: Api; readonly parts: Parts } => {
    if (made?.token === channelAccessToken) return made;
    const wire = { channelAccessToken, baseURL: apiOrigin };
    const parts: Parts = {
      insight: new insight.InsightClient(wire),
      audiences: new manageAudience.ManageAudienceClient(wire),
      blobs: new messagingApi.MessagingApiBlobClient({
        channelAccessToken,
        baseURL: dataApiOrigin,
      }),
      message: (kind, request, retryKey) =>
        messages.call(kind, channelAccessToken, request, retryKey),
    };
    made = { token: channelAccessToken, api: new messagingApi.MessagingApiClient(wire), parts };
    return made;
  };
}

export function createCaller(options: ClientOptions) {
  const tokens = tokenSource(options);
  const wire = wires(options);
  const once = async <T>(run: Run<T>): Promise<LineAnswer<T>> => {
    const given = await tokens.token().then(asAnswer, asNoToken);
    if (!given.ok) return given;
    try {
      const { api, parts } = wire(given.value);
      return { ok: true, value: await inTime(run(api, parts), options.timeoutMs) };
    } catch (error) {
      return { ok: false, problem: problemOfError(error) };
    }
  };
  const authorised = async <T>(run: Run<T>): Promise<LineAnswer<T>> => {
    const answer = await once(run);
    const expired = !answer.ok && answer.problem.kind === 'unauthorized' && tokens.renew();
    return expired ? once(run) : answer;
  };
  const inTurn = async <T>(run: Run<T>, pace?: Pace): Promise<LineAnswer<T>> => {
    const turn = await (pace?.turn() ?? nothing).then(asAnswer, asUncounted);
    if (!turn.ok) return turn;
    try {
      return await authorised(run);
    } finally {
      turn.value();
    }
  };
  const repeated = async <T>(run: Run<T>, pace?: Pace): Promise<LineAnswer<T>> => {
    let answer = await inTurn(run, pace);
    for (const wait of RETRY_WAITS_MS) {
      if (answer.ok || !isTransient(answer.problem)) return answer;
      await new Promise((resolve) => setTimeout(resolve, wait));
      answer = await inTurn(run, pace);
    }
    return answer;
  };
  return { authorised, repeated };
}

export type Caller = ReturnType<typeof createCaller>;

/** The answer in our words. */
export const mapped = <A, B>(answer: LineAnswer<A>, change: (value: A) => B): LineAnswer<B> =>
  answer.ok ? { ok: true, value: change(answer.value) } : answer;
