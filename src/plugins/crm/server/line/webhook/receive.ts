import type { Core } from '@strapi/strapi';

import {
  clock,
  crmConfig,
  database,
  jobs,
  refuse,
  success,
  type LineAccountConfig,
  type Result,
} from '../../kernel';
import { isSignedByLine, lineAccount } from '../client';
import { parseWebhook } from '../domain/event';
import { knownBots, storeEvents } from '../store';

export const WEBHOOK_QUEUE = 'line.webhook';

interface Delivery {
  readonly account: string;
  /** The exact bytes; undefined when the body was not JSON. */
  readonly rawBody: string | undefined;
  readonly body: unknown;
  readonly signature: string;
}

function authenticate(strapi: Core.Strapi, delivery: Delivery): Result<LineAccountConfig> {
  const account = lineAccount(strapi, delivery.account);
  if (!account) return refuse('line.unknown-account', 404);
  const { rawBody, signature } = delivery;
  const signed = rawBody !== undefined && isSignedByLine(rawBody, account.channelSecret, signature);
  return signed ? success(account) : refuse('line.bad-signature', 401);
}

/** Whoever holds the secret of one account has no say about another: as far as LINE told us who is who. */
async function isMeantFor(
  strapi: Core.Strapi,
  account: LineAccountConfig,
  destination: string,
): Promise<boolean> {
  const bots = await knownBots(database(strapi));
  const own = bots.find((bot) => bot.account === account.key);
  if (own?.channelId === account.channelId) return own.userId === destination;
  return !bots.some(
    ({ userId, account: other }) => userId === destination && other !== account.key,
  );
}

/**
 * Verify, store, answer: LINE gives up after two seconds and may suspend a server that is slow,
 * so everything else happens in the queue. Nothing unsigned is ever stored.
 */
export async function receiveWebhook(
  strapi: Core.Strapi,
  delivery: Delivery,
): Promise<Result<object>> {
  const authentic = authenticate(strapi, delivery);
  if (!authentic.ok) return authentic;
  const webhook = parseWebhook(delivery.body);
  if (!webhook) return refuse('line.not-a-webhook', 400);
  const { destination, events } = webhook;
  if (!(await isMeantFor(strapi, authentic.value, destination))) {
    return refuse('line.wrong-destination', 400);
  }
  const now = clock(strapi).now().getTime();
  const fresh = await storeEvents(database(strapi), authentic.value.key, events, now);
  if (fresh > 0 && crmConfig(strapi).jobs.enabled) jobs(strapi).enqueue(WEBHOOK_QUEUE, 'drain');
  return success({});
}
