/**
 * LINE's Messaging API as this plugin uses it. The SDK has no timeout and no retry, so both are
 * here: a call that got no answer is repeated with the same retry key, which LINE takes for one.
 */
import { channelAccessToken, HTTPFetchError, insight, messagingApi } from '@line/bot-sdk';

import type { LineAccountConfig } from '../../kernel';
import { isTransient, problemOf, type LineProblem } from '../domain/api-error';
import type { LineMessage } from '../domain/message';
import { createPace, type Pace } from './pace';

export type LineAnswer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: LineProblem };

export interface LineProfile {
  readonly displayName: string;
  readonly pictureUrl?: string;
  readonly language?: string;
}

export interface LineBot {
  readonly displayName: string;
  readonly basicId: string;
  readonly pictureUrl: string | null;
}

export interface LineClient {
  /**
   * Personal message. `already-accepted` comes as a success with the first call's ids. `unit`: the
   * name under which LINE adds up who saw and clicked.
   */
  push(
    userId: string,
    messages: readonly LineMessage[],
    retryKey: string,
    unit?: string,
  ): Promise<LineAnswer<{ messageIds: readonly string[] }>>;
  /** The same words to at most 500 people; LINE does not say who of them was reached. */
  multicast(
    userIds: readonly string[],
    messages: readonly LineMessage[],
    retryKey: string,
    unit?: string,
  ): Promise<LineAnswer<null>>;
  /** LINE's own opinion of the messages; nobody gets them. */
  validate(messages: readonly LineMessage[]): Promise<LineAnswer<null>>;
  /** Free, once, within a minute of the event. Never repeated: the API takes no retry key here. */
  reply(
    replyToken: string,
    messages: readonly LineMessage[],
  ): Promise<LineAnswer<{ messageIds: readonly string[] }>>;
  profile(userId: string): Promise<LineAnswer<LineProfile>>;
  /** One use, ten minutes. */
  linkToken(userId: string): Promise<LineAnswer<string>>;
  bot(): Promise<LineAnswer<LineBot>>;
  /** Null: the plan has no limit. */
  quotaLimit(): Promise<LineAnswer<number | null>>;
  quotaUsed(): Promise<LineAnswer<number>>;
  /** What LINE has added up under a name between two days (`yyyyMMdd`, Japan). */
  unitStatistics(unit: string, from: string, to: string): Promise<LineAnswer<UnitStatistics>>;
}

/** Null: fewer people than LINE tells of, so that nobody can be singled out. */
export interface UnitStatistics {
  readonly uniqueImpressions: number | null;
  readonly uniqueClicks: number | null;
}

interface ClientOptions {
  readonly account: LineAccountConfig;
  readonly apiOrigin: string;
  readonly timeoutMs: number;
  readonly pushesPerSecond: number;
  readonly multicastsPerSecond: number;
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

const causeCode = (error: TypeError): string => {
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
};

function problemOfError(error: unknown): LineProblem {
  if (error instanceof HTTPFetchError) {
    return problemOf({
      status: error.status,
      body: error.body,
      acceptedRequestId: error.headers.get('x-line-accepted-request-id'),
    });
  }
  if (error instanceof NoAnswer) return { kind: 'timeout' };
  // `fetch failed`: refused, or cut off after LINE may have done the work.
  if (error instanceof TypeError) {
    const code = causeCode(error);
    return NOBODY_THERE.has(code) ? { kind: 'unreachable', reason: code } : { kind: 'timeout' };
  }
  throw error;
}

type Api = messagingApi.MessagingApiClient;
type Wire = messagingApi.Message;

/** Our own limits were checked; the SDK's type is a closed union of everything LINE knows. */
const toWire = (messages: readonly LineMessage[]): Wire[] =>
  messages.map((message) => ({ ...message }) as Wire);

/** Gives a token: the account's own, or a stateless one that is renewed before it ends. */
function tokenSource({ account, apiOrigin, timeoutMs, now }: ClientOptions) {
  const issuer = new channelAccessToken.ChannelAccessTokenClient({ baseURL: apiOrigin });
  let cached: { token: string; until: number } | null = null;
  return {
    async token(): Promise<string> {
      if (account.accessToken) return account.accessToken;
      if (cached && cached.until > now()) return cached.token;
      const { channelId, channelSecret } = account;
      const issued = await inTime(
        issuer.issueStatelessChannelTokenByClientSecret(channelId, channelSecret),
        timeoutMs,
      );
      cached = { token: issued.access_token, until: now() + (issued.expires_in - 60) * 1000 };
      return cached.token;
    },
    /** True when another token can be had. */
    renew(): boolean {
      if (account.accessToken || !cached) return false;
      cached = null;
      return true;
    },
  };
}

/** The parts of LINE's API that have a client of their own. */
interface Parts {
  readonly insight: insight.InsightClient;
}

type Run<T> = (api: Api, parts: Parts) => Promise<T>;

function createCaller(options: ClientOptions) {
  const tokens = tokenSource(options);
  const once = async <T>(run: Run<T>): Promise<LineAnswer<T>> => {
    try {
      const wire = { channelAccessToken: await tokens.token(), baseURL: options.apiOrigin };
      const api = new messagingApi.MessagingApiClient(wire);
      const parts = { insight: new insight.InsightClient(wire) };
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
  const repeated = async <T>(run: Run<T>, pace?: Pace): Promise<LineAnswer<T>> => {
    await pace?.turn();
    let answer = await authorised(run);
    for (const wait of RETRY_WAITS_MS) {
      if (answer.ok || !isTransient(answer.problem)) return answer;
      await new Promise((resolve) => setTimeout(resolve, wait));
      await pace?.turn();
      answer = await authorised(run);
    }
    return answer;
  };
  return { authorised, repeated };
}

const mapped = <A, B>(answer: LineAnswer<A>, change: (value: A) => B): LineAnswer<B> =>
  answer.ok ? { ok: true, value: change(answer.value) } : answer;

const unitsOf = (unit: string | undefined) => (unit ? { customAggregationUnits: [unit] } : {});

const idsOf = (sent: { sentMessages?: { id: string }[] }) => ({
  messageIds: (sent.sentMessages ?? []).map((message) => message.id),
});

type AccountCalls = Pick<LineClient, 'bot' | 'quotaLimit' | 'quotaUsed' | 'unitStatistics'>;

/** What LINE says about the account itself. */
const accountCalls = ({ authorised }: ReturnType<typeof createCaller>): AccountCalls => ({
  bot: async () =>
    mapped(await authorised((api) => api.getBotInfo()), (bot) => ({
      displayName: bot.displayName,
      basicId: bot.basicId,
      pictureUrl: bot.pictureUrl ?? null,
    })),
  quotaLimit: async () =>
    mapped(await authorised((api) => api.getMessageQuota()), (quota) =>
      quota.type === 'limited' ? (quota.value ?? 0) : null,
    ),
  quotaUsed: async () =>
    mapped(await authorised((api) => api.getMessageQuotaConsumption()), (used) => used.totalUsage),
  unitStatistics: async (unit, from, to) =>
    mapped(
      await authorised((_api, parts) => parts.insight.getStatisticsPerUnit(unit, from, to)),
      ({ overview }) => ({
        uniqueImpressions: overview.uniqueImpression ?? null,
        uniqueClicks: overview.uniqueClick ?? null,
      }),
    ),
});

export function createLineClient(options: ClientOptions): LineClient {
  const caller = createCaller(options);
  const { authorised, repeated } = caller;
  const pushes = createPace(options.pushesPerSecond);
  const multicasts = createPace(options.multicastsPerSecond);
  return {
    async push(userId, messages, retryKey, unit) {
      const request = { to: userId, messages: toWire(messages), ...unitsOf(unit) };
      const answer = await repeated((api) => api.pushMessage(request, retryKey), pushes);
      if (!answer.ok && answer.problem.kind === 'already-accepted') {
        return { ok: true, value: { messageIds: answer.problem.messageIds } };
      }
      return mapped(answer, idsOf);
    },
    async multicast(userIds, messages, retryKey, unit) {
      const request = { to: [...userIds], messages: toWire(messages), ...unitsOf(unit) };
      const answer = await repeated((api) => api.multicast(request, retryKey), multicasts);
      const accepted = answer.ok || answer.problem.kind === 'already-accepted';
      return accepted ? { ok: true, value: null } : answer;
    },
    async validate(messages) {
      const request = { messages: toWire(messages) };
      return mapped(await repeated((api) => api.validatePush(request)), () => null);
    },
    async reply(replyToken, messages) {
      const request = { replyToken, messages: toWire(messages) };
      return mapped(await authorised((api) => api.replyMessage(request)), idsOf);
    },
    profile: (userId) => repeated((api) => api.getProfile(userId)),
    linkToken: async (userId) =>
      mapped(await repeated((api) => api.issueLinkToken(userId)), (issued) => issued.linkToken),
    ...accountCalls(caller),
  };
}
