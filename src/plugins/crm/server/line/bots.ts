/** Who our official accounts are on LINE, learned from LINE itself and kept. */
import type { Core } from '@strapi/strapi';

import { crmConfig, database, type LineAccountConfig, type Schedule } from '../kernel';
import { lineClient, type LineAnswer, type LineBot } from './client';
import { keepBot } from './store';

export async function askBot(
  strapi: Core.Strapi,
  account: LineAccountConfig,
): Promise<LineAnswer<LineBot>> {
  const bot = await lineClient(strapi, account).bot();
  if (bot.ok) {
    const { key, channelId } = account;
    await keepBot(database(strapi), { account: key, channelId, userId: bot.value.userId });
  }
  return bot;
}

/** Also where nobody ever opens the settings. */
export const botsAsked: Schedule = {
  name: 'line.bots',
  cron: '41 * * * *',
  async run({ strapi }) {
    for (const account of crmConfig(strapi).line.accounts) await askBot(strapi, account);
  },
};
