import type { Core } from '@strapi/strapi';
import type { z } from 'zod';

import {
  campaignStates,
  type Campaign,
  type CampaignRecipient,
  type CampaignReport,
  type CampaignState,
  type GuardReason,
  type recipientsQuerySchema,
} from '../../../shared/delivery';
import { database, heavyRead } from '../../kernel';

import { channelsOf } from '../outbox/configured-channels';
import { quietNow, sendingRules } from '../rules';
import type { CampaignRecord } from '../store/campaigns';
import {
  costOfAccepted,
  eventCounts,
  linkCounts,
  recipientCount,
  recipientRows,
  revenueAfterClick,
  stateOfEvent,
  stateOfStatus,
  statusCounts,
  unreachedCounts,
  type EventCount,
  type LinkCount,
  type StatusCount,
  type UnreachedCount,
} from '../store/report';

import { agreementOf } from './agreement';
import { holdoutReport } from './holdout';
import { presentRecipients } from './recipients';
import { testReport } from './test';

type Counts = Record<CampaignState, number>;

const zeros = (): Counts => Object.fromEntries(campaignStates.map((state) => [state, 0])) as Counts;

export async function reportOf(
  strapi: Core.Strapi,
  record: CampaignRecord,
  campaign: Campaign,
): Promise<CampaignReport> {
  const db = database(strapi);
  const statuses = await heavyRead<StatusCount>(strapi, statusCounts(db, record.id));
  const events = await heavyRead<EventCount>(strapi, eventCounts(db, record.id));
  const links = await heavyRead<LinkCount>(strapi, linkCounts(db, record.id));
  const [money] = await heavyRead<{ orders: number | string; amount: number | string | null }>(
    strapi,
    revenueAfterClick(db, record.id),
  );
  const unreached = await heavyRead<UnreachedCount>(strapi, unreachedCounts(db, record.id));
  const byChannel = countsByChannel(statuses, events);
  const total = zeros();
  for (const counts of byChannel.values()) {
    for (const state of campaignStates) total[state] += counts[state];
  }
  total.blocked = unreached.reduce((sum, row) => sum + Number(row.people), 0);
  const isLive = record.status === 'sending';
  const quiet = isLive ? quietNow(strapi, await sendingRules(strapi)) : null;
  return {
    campaign,
    waitsUntil: quiet?.getTime() ?? null,
    asks: await asksOf(strapi, record),
    total: statuses.reduce((sum, row) => sum + Number(row.people), 0),
    counts: total,
    channels: [...byChannel].map(([channel, counts]) => ({ channel, counts })),
    blocked: unreached.map(({ guard_reason: reason, people }) => ({
      reason: reason as GuardReason,
      people: Number(people),
    })),
    links: linkTotals(links),
    test: await testReport(strapi, record),
    holdout: await holdoutReport(strapi, record),
    providers: await providerFigures(strapi, record),
    cost: await costOf(strapi, record.id),
    revenue: { orders: Number(money?.orders ?? 0), amount: Number(money?.amount ?? 0) },
  };
}

/** What providers add up themselves, by channel. */
async function providerFigures(
  strapi: Core.Strapi,
  { id, channels }: CampaignRecord,
): Promise<CampaignReport['providers']> {
  const told = channelsOf(strapi, channels).map(async (channel) => {
    const figures = (await channel.figures?.(id)) ?? [];
    return figures.map((each) => ({ channel: channel.key, ...each }));
  });
  return (await Promise.all(told)).flat();
}

async function costOf(strapi: Core.Strapi, campaignId: number): Promise<number | null> {
  const rows = await heavyRead<{ cost: number | string | null }>(
    strapi,
    costOfAccepted(database(strapi), campaignId),
  );
  const cost = rows[0]?.cost ?? null;
  return cost === null ? null : Number(cost);
}

/** What a second person is asked to agree to: before it goes, or when its words have changed. */
async function asksOf(strapi: Core.Strapi, record: CampaignRecord) {
  const isHeld = record.status === 'paused' && record.holdReason === 'content-changed';
  if (record.status !== 'awaiting' && !isHeld) return null;
  const asks = await agreementOf(strapi, record);
  return asks.ok ? asks.value : null;
}

function countsByChannel(
  statuses: readonly StatusCount[],
  events: readonly EventCount[],
): Map<string, Counts> {
  const byChannel = new Map<string, Counts>();
  const add = (channel: string, state: CampaignState | null, people: number) => {
    const counts = byChannel.get(channel) ?? zeros();
    byChannel.set(channel, counts);
    if (state) counts[state] += people;
  };
  for (const row of statuses) add(row.channel, stateOfStatus(row.status), Number(row.people));
  for (const row of events) {
    add(row.channel, stateOfEvent(row.type, Boolean(row.is_machine)), Number(row.people));
  }
  return byChannel;
}

function linkTotals(rows: readonly LinkCount[]): CampaignReport['links'] {
  const totals = new Map<string, { key: string; url: string; people: number; machines: number }>();
  for (const row of rows) {
    const id = `${row.key}\n${row.url}`;
    const total = totals.get(id) ?? { key: row.key, url: row.url, people: 0, machines: 0 };
    totals.set(id, total);
    if (row.is_machine === null) continue;
    if (row.is_machine) total.machines += Number(row.people);
    else total.people += Number(row.people);
  }
  return [...totals.values()];
}

export async function recipientsOf(
  strapi: Core.Strapi,
  campaignId: number,
  query: z.output<typeof recipientsQuerySchema>,
): Promise<{ data: CampaignRecipient[]; page: object }> {
  const rows = await recipientRows(database(strapi), campaignId, {
    ...query,
    cursor: query.cursor ?? 0,
  });
  const data = await presentRecipients(strapi, rows);
  const last = rows.at(-1);
  const full = rows.length === query.limit && last;
  const [count] = await heavyRead<{ people: number | string }>(
    strapi,
    recipientCount(database(strapi), campaignId, query),
  );
  return {
    data,
    page: {
      ...(full && { next: String(last.id) }),
      total: Number(count?.people ?? 0),
      totalIsEstimate: false,
    },
  };
}
