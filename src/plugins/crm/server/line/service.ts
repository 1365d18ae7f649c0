import type { Core } from '@strapi/strapi';

import { crmConfig, database, heavyRead, type Database, type LineAccountConfig } from '../kernel';
import type { LineAccountStatus, LineQuota, LineService } from '.';
import { askBot } from './bots';
import { lineClient, type LineBot, type LineClient } from './client';
import { describeProblem } from './domain/api-error';
import { unlink } from './linking/unlink';
import {
  followedBetweenQuery,
  friendCountsQuery,
  friendsOfCustomers,
  webhookHealth,
} from './store';
import { stepNarrowcasts } from './narrowcast/sweep';
import { drainWebhooks } from './webhook/process';

export const webhookUrlOf = (strapi: Core.Strapi, account: LineAccountConfig): string =>
  new URL(`/api/crm/line/webhook/${account.key}`, crmConfig(strapi).publicUrl).toString();

/** What LINE says of this month; null when it cannot be asked. */
export const quotaOf = (strapi: Core.Strapi, account: LineAccountConfig) =>
  askQuota(lineClient(strapi, account));

async function askQuota(client: LineClient): Promise<LineQuota | null> {
  const limit = await client.quotaLimit();
  const used = limit.ok ? await client.quotaUsed() : limit;
  return limit.ok && used.ok ? { limit: limit.value, used: used.value } : null;
}

const shownBot = ({ displayName, basicId, pictureUrl }: LineBot) => ({
  displayName,
  basicId,
  pictureUrl,
});

async function statusOf(
  strapi: Core.Strapi,
  db: Database,
  account: LineAccountConfig,
): Promise<LineAccountStatus> {
  const client = lineClient(strapi, account);
  const health = await webhookHealth(db, account.key);
  const bot = await askBot(strapi, account);
  return {
    key: account.key,
    name: account.name,
    basicId: account.basicId,
    webhookUrl: webhookUrlOf(strapi, account),
    bot: bot.ok ? shownBot(bot.value) : null,
    problem: bot.ok ? null : describeProblem(bot.problem),
    quota: bot.ok ? await askQuota(client) : null,
    lastWebhookAt: health.lastReceivedAt,
    pendingEvents: health.pending,
    deadEvents: health.dead,
  };
}

/** Aggregates come as text on PostgreSQL, and as whatever name the query gave them. */
const numberAt = (rows: readonly Record<string, unknown>[], key: string): number =>
  Number(rows[0]?.[key] ?? 0);

export function createLineService({ strapi }: { strapi: Core.Strapi }): LineService {
  const accounts = () => crmConfig(strapi).line.accounts;
  return {
    friendsOf: (customerId) => friendsOfCustomers(database(strapi), [customerId]),
    unlink: (unit, customerId, source) => unlink(strapi, unit, customerId, source),
    async friendNumbers() {
      const query = friendCountsQuery(database(strapi));
      const rows = await heavyRead<Record<string, unknown>>(strapi, query);
      return { following: numberAt(rows, 'following'), linked: numberAt(rows, 'linked') };
    },
    async newFriends(from, to) {
      const query = followedBetweenQuery(database(strapi), from, to);
      return numberAt(await heavyRead<Record<string, unknown>>(strapi, query), 'count');
    },
    async accountStatuses() {
      const statuses: LineAccountStatus[] = [];
      for (const account of accounts()) {
        statuses.push(await statusOf(strapi, database(strapi), account));
      }
      return statuses;
    },
    quotas: () =>
      Promise.all(
        accounts().map(async (account) => ({
          account: account.key,
          quota: await quotaOf(strapi, account),
        })),
      ),
    stepNarrowcasts: () => stepNarrowcasts(strapi),
    drainWebhooks: () => drainWebhooks(strapi),
  };
}
