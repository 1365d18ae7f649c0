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
import { storeEvents } from '../store';

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
  const events = parseWebhook(delivery.body);
  if (!events) return refuse('line.not-a-webhook', 400);
  const now = clock(strapi).now().getTime();
  const fresh = await storeEvents(database(strapi), authentic.value.key, events, now);
  if (fresh > 0 && crmConfig(strapi).jobs.enabled) jobs(strapi).enqueue(WEBHOOK_QUEUE, 'drain');
  return success({});
}
