/** What the week was like: people, orders, and what came of each campaign that began in it. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { deliveryService, type BegunCampaign } from '../../delivery';
import { database, heavyRead } from '../../kernel';
import { lineService } from '../../line';

import { customerGrowth, memberGrowth, orderFlow } from '../store';
import type { Due } from './domain/week';

/** A mail of more lines is read by nobody; the rest is counted. */
const MOST_CAMPAIGNS = 20;

export interface Compared {
  readonly now: number;
  readonly before: number;
}

export interface WeekNumbers {
  readonly customers: Compared;
  readonly members: Compared;
  readonly friends: Compared;
  readonly orders: Compared;
  readonly revenue: Compared;
  readonly campaigns: readonly BegunCampaign[];
  readonly moreCampaigns: number;
}

export async function numbersOf(
  strapi: Core.Strapi,
  { week, before }: Pick<Due, 'week' | 'before'>,
): Promise<WeekNumbers> {
  const db = database(strapi);
  const line = lineService(strapi);
  const read = async (query: Knex.QueryBuilder) =>
    (await heavyRead<Record<string, unknown>>(strapi, query))[0] ?? {};
  const compared = (row: Record<string, unknown>, name: string): Compared => ({
    now: Number(row[name] ?? 0),
    before: Number(row[`${name}_before`] ?? 0),
  });
  const orders = await read(orderFlow(db, week, before));
  const { campaigns, total } = await deliveryService(strapi).begunBetween(week, MOST_CAMPAIGNS);
  return {
    customers: compared(await read(customerGrowth(db, week, before)), 'added'),
    members: compared(await read(memberGrowth(db, week, before)), 'added'),
    friends: {
      now: await line.newFriends(week.from, week.to),
      before: await line.newFriends(before.from, before.to),
    },
    orders: compared(orders, 'added'),
    revenue: compared(orders, 'amount'),
    campaigns,
    moreCampaigns: total - campaigns.length,
  };
}
