import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { HOME_DAYS, type FirstStep, type Growth, type Home } from '../../shared/analytics';
import { clock, crmConfig, database, heavyRead } from '../kernel';
import { lineService, type LineFriendNumbers } from '../line';
import { campaignsOfHome, type HomeCampaigns } from './campaigns';
import { attentionOf, type AttentionFacts } from './domain/attention';
import {
  customerGrowth,
  deadDeliveries,
  lateLineEvents,
  memberGrowth,
  orderFlow,
  segmentCount,
  troubledMessages,
  type Period,
} from './store';
import type { AnalyticsService } from '.';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Home is opened often, and its counts are over whole tables. */
const KEPT_MS = 30_000;
const LATE_MS = 5 * MINUTE;
/** LINE is asked while somebody waits for the page. */
const QUOTA_WAIT_MS = 1500;

type Row = Record<string, unknown>;

const numberOf = (row: Row | undefined, key: string): number => Number(row?.[key] ?? 0);

const countOf = (rows: readonly Row[], status: string): number =>
  numberOf(
    rows.find((row) => row.status === status),
    'count',
  );

const growthOf = (row: Row | undefined): Growth => ({
  total: numberOf(row, 'total'),
  added: numberOf(row, 'added'),
  addedBefore: numberOf(row, 'added_before'),
});

interface Periods {
  readonly now: Period;
  readonly before: Period;
}

function periodsUntil(now: number): Periods {
  const start = now - HOME_DAYS * DAY;
  return { now: { from: start, to: now }, before: { from: start - HOME_DAYS * DAY, to: start } };
}

/** The account with the smallest share left; null without a limit, or when LINE does not answer. */
async function lowestQuota(strapi: Core.Strapi): Promise<AttentionFacts['lineQuota']> {
  const late = new Promise<[]>((resolve) => setTimeout(resolve, QUOTA_WAIT_MS, []).unref());
  const quotas = await Promise.race([lineService(strapi).quotas(), late]);
  const limited = quotas.flatMap(({ quota }) =>
    quota && quota.limit !== null
      ? [{ limit: quota.limit, left: Math.max(0, quota.limit - quota.used) }]
      : [],
  );
  const share = ({ left, limit }: { left: number; limit: number }) => (limit ? left / limit : 0);
  return limited.sort((a, b) => share(a) - share(b))[0] ?? null;
}

async function friendGrowth(
  strapi: Core.Strapi,
  { now, before }: Periods,
  { following, linked }: LineFriendNumbers,
): Promise<Home['friends']> {
  const line = lineService(strapi);
  return {
    total: following,
    linked,
    added: await line.newFriends(now.from, now.to),
    addedBefore: await line.newFriends(before.from, before.to),
  };
}

async function attention(strapi: Core.Strapi, now: number, campaigns: HomeCampaigns) {
  const db = database(strapi);
  const read = (query: Knex.QueryBuilder) => heavyRead<Row>(strapi, query);
  const troubled = await read(troubledMessages(db, now - 7 * DAY));
  const late = await read(lateLineEvents(db, now - LATE_MS));
  return attentionOf({
    unknownMessages: countOf(troubled, 'unknown'),
    failedMessages: countOf(troubled, 'failed'),
    awaitingCampaigns: campaigns.byStatus.awaiting ?? 0,
    pausedCampaigns: campaigns.byStatus.paused ?? 0,
    draftCampaigns: campaigns.byStatus.draft ?? 0,
    lateLineEvents: countOf(late, 'pending'),
    deadLineEvents: countOf(late, 'dead'),
    deadDeliveries: numberOf((await read(deadDeliveries(db)))[0], 'count'),
    lineQuota: await lowestQuota(strapi),
  });
}

async function count(strapi: Core.Strapi): Promise<Home> {
  const db = database(strapi);
  const now = clock(strapi).now().getTime();
  const periods = periodsUntil(now);
  const first = async (query: Knex.QueryBuilder) => (await heavyRead<Row>(strapi, query))[0];
  const customers = growthOf(await first(customerGrowth(db, periods.now, periods.before)));
  const members = growthOf(await first(memberGrowth(db, periods.now, periods.before)));
  const orders = await first(orderFlow(db, periods.now, periods.before));
  const friends = await friendGrowth(strapi, periods, await lineService(strapi).friendNumbers());
  const campaigns = await campaignsOfHome(strapi);
  const done: Record<FirstStep, boolean> = {
    customers: customers.total > 0,
    member: members.total > 0,
    'line-friend': friends.linked > 0,
    segment: numberOf(await first(segmentCount(db)), 'count') > 0,
    campaign: campaigns.latest.length > 0,
  };
  return {
    countedAt: now,
    timeZone: crmConfig(strapi).timeZone,
    customers,
    members,
    friends,
    orders: { now: numberOf(orders, 'added'), before: numberOf(orders, 'added_before') },
    revenue: { now: numberOf(orders, 'amount'), before: numberOf(orders, 'amount_before') },
    campaigns: [...campaigns.latest],
    next: campaigns.next,
    attention: await attention(strapi, now, campaigns),
    steps: Object.entries(done).map(([key, isDone]) => ({ key: key as FirstStep, done: isDone })),
  };
}

export function createAnalyticsService({ strapi }: { strapi: Core.Strapi }): AnalyticsService {
  let kept: { until: number; home: Promise<Home> } | null = null;
  return {
    home() {
      const now = clock(strapi).now().getTime();
      if (kept && now < kept.until) return kept.home;
      const home = count(strapi);
      kept = { until: now + KEPT_MS, home };
      // A failed count is not kept.
      home.catch(() => {
        kept = null;
      });
      return home;
    },
  };
}
