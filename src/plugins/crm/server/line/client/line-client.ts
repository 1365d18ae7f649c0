/** LINE's Messaging API as this plugin uses it. */
import type { messagingApi } from '@line/bot-sdk';

import type { LineMessage } from '../domain/message';
import { createCaller, mapped, type Caller, type ClientOptions, type LineAnswer } from './caller';
import { couponCalls, type CouponCalls } from './coupon-calls';
import { narrowcastCalls, type NarrowcastCalls } from './narrowcast-calls';
import { richMenuCalls, type RichMenuCalls } from './rich-menu-calls';

export interface LineProfile {
  readonly displayName: string;
  readonly pictureUrl?: string;
  readonly language?: string;
}

export interface LineBot {
  /** `destination` of its webhooks. */
  readonly userId: string;
  readonly displayName: string;
  readonly basicId: string;
  readonly pictureUrl: string | null;
}

export interface LineClient extends RichMenuCalls, CouponCalls, NarrowcastCalls {
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
  /** `inTurn`: among many, at the pace that leaves LINE time for everything else. */
  profile(userId: string, how?: { inTurn: boolean }): Promise<LineAnswer<LineProfile>>;
  /** A page of at most 1,000 of all who follow; null: the first. Verified accounts only. */
  followers(
    cursor: string | null,
  ): Promise<LineAnswer<{ userIds: readonly string[]; next: string | null }>>;
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

type Wire = messagingApi.Message;

/** Our own limits were checked; the SDK's type is a closed union of everything LINE knows. */
const toWire = (messages: readonly LineMessage[]): Wire[] =>
  messages.map((message) => ({ ...message }) as Wire);

const unitsOf = (unit: string | undefined) => (unit ? { customAggregationUnits: [unit] } : {});

const idsOf = (sent: { sentMessages?: { id: string }[] }) => ({
  messageIds: (sent.sentMessages ?? []).map((message) => message.id),
});

type AccountCalls = Pick<LineClient, 'bot' | 'quotaLimit' | 'quotaUsed' | 'unitStatistics'>;

/** What LINE says about the account itself. */
const accountCalls = ({ authorised }: Caller): AccountCalls => ({
  bot: async () =>
    mapped(await authorised((api) => api.getBotInfo()), (bot) => ({
      userId: bot.userId,
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

/** LINE's largest page. */
const FOLLOWERS = 1000;

export function createLineClient(options: ClientOptions): LineClient {
  const caller = createCaller(options);
  const { pushes, multicasts } = options;
  const { authorised, repeated } = caller;
  return {
    async push(userId, messages, retryKey, unit) {
      const request = { to: userId, messages: toWire(messages), ...unitsOf(unit) };
      const answer = await repeated(
        (_api, { message }) => message('push', request, retryKey),
        pushes,
      );
      if (!answer.ok && answer.problem.kind === 'already-accepted') {
        return { ok: true, value: { messageIds: answer.problem.messageIds } };
      }
      return mapped(answer, idsOf);
    },
    async multicast(userIds, messages, retryKey, unit) {
      const request = { to: [...userIds], messages: toWire(messages), ...unitsOf(unit) };
      const answer = await repeated(
        (_api, { message }) => message('multicast', request, retryKey),
        multicasts,
      );
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
    profile: (userId, how) =>
      repeated((api) => api.getProfile(userId), how?.inTurn ? options.profiles : undefined),
    followers: async (cursor) =>
      mapped(
        await repeated((api) => api.getFollowers(cursor ?? undefined, FOLLOWERS)),
        ({ userIds, next }) => ({ userIds, next: next ?? null }),
      ),
    linkToken: async (userId) =>
      mapped(await repeated((api) => api.issueLinkToken(userId)), (issued) => issued.linkToken),
    ...accountCalls(caller),
    ...richMenuCalls(caller),
    ...couponCalls(caller),
    ...narrowcastCalls(caller),
  };
}
