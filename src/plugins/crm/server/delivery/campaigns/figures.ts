/** What became of a campaign's messages, in numbers: for its report, and for reports over many. */
import type { Core } from '@strapi/strapi';

import { campaignStates, type CampaignReport, type CampaignState } from '../../../shared/delivery';
import { database, heavyRead } from '../../kernel';

import { convertedCounts, revenueAfterClick, type ChannelCount } from '../store/conversions';
import { stateOfEvent, stateOfStatus } from '../store/recipients';
import {
  costOfAccepted,
  eventCounts,
  returnedCounts,
  statusCounts,
  unreachedCounts,
  type EventCount,
  type StatusCount,
  type UnreachedCount,
} from '../store/report';

type Counts = Record<CampaignState, number>;

export type CampaignFigures = Pick<
  CampaignReport,
  'total' | 'counts' | 'channels' | 'blocked' | 'cost' | 'revenue'
>;

const zeros = (): Counts => Object.fromEntries(campaignStates.map((state) => [state, 0])) as Counts;

export async function figuresOf(strapi: Core.Strapi, campaignId: number): Promise<CampaignFigures> {
  const db = database(strapi);
  const statuses = await heavyRead<StatusCount>(strapi, statusCounts(db, campaignId));
  const unreached = await heavyRead<UnreachedCount>(strapi, unreachedCounts(db, campaignId));
  const byChannel = await countsByChannel(strapi, campaignId, statuses);
  const total = zeros();
  for (const counts of byChannel.values()) {
    for (const state of campaignStates) total[state] += counts[state];
  }
  total.blocked = unreached.reduce((sum, row) => sum + Number(row.people), 0);
  return {
    total: statuses.reduce((sum, row) => sum + Number(row.people), 0),
    counts: total,
    channels: [...byChannel].map(([channel, counts]) => ({ channel, counts })),
    blocked: unreached.map(({ guard_reason: reason, people }) => ({
      reason: reason as CampaignReport['blocked'][number]['reason'],
      people: Number(people),
    })),
    cost: await costOf(strapi, campaignId),
    revenue: await revenueOf(strapi, campaignId),
  };
}

async function countsByChannel(
  strapi: Core.Strapi,
  campaignId: number,
  statuses: readonly StatusCount[],
): Promise<Map<string, Counts>> {
  const db = database(strapi);
  const events = await heavyRead<EventCount>(strapi, eventCounts(db, campaignId));
  const returned = await heavyRead<ChannelCount>(strapi, returnedCounts(db, campaignId));
  const converted = await heavyRead<ChannelCount>(strapi, convertedCounts(db, campaignId));
  const byChannel = new Map<string, Counts>();
  const add = (channel: string, state: CampaignState | null, people: number) => {
    const counts = byChannel.get(channel) ?? zeros();
    byChannel.set(channel, counts);
    if (state) counts[state] += people;
  };
  for (const { channel, status, people } of statuses) {
    add(channel, stateOfStatus(status), Number(people));
    if (status === 'accepted') add(channel, 'delivered', Number(people));
  }
  for (const { channel, people } of returned) add(channel, 'delivered', -Number(people));
  for (const { channel, people } of converted) add(channel, 'converted', Number(people));
  for (const row of events) {
    add(row.channel, stateOfEvent(row.type, Boolean(row.is_machine)), Number(row.people));
  }
  return byChannel;
}

async function revenueOf(strapi: Core.Strapi, campaignId: number) {
  const [money] = await heavyRead<{ orders: number | string; amount: number | string | null }>(
    strapi,
    revenueAfterClick(database(strapi), campaignId),
  );
  return { orders: Number(money?.orders ?? 0), amount: Number(money?.amount ?? 0) };
}

async function costOf(strapi: Core.Strapi, campaignId: number): Promise<number | null> {
  const rows = await heavyRead<{ cost: number | string | null }>(
    strapi,
    costOfAccepted(database(strapi), campaignId),
  );
  const cost = rows[0]?.cost ?? null;
  return cost === null ? null : Number(cost);
}
