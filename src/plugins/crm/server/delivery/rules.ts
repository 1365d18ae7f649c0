import type { Core } from '@strapi/strapi';

import type { SendingRules } from '../../shared/sending-rules';
import { clock, crmConfig, database } from '../kernel';

import { quietUntil } from './domain/quiet-hours';
import { readRules, writeRules } from './store/rules';

export const sendingRules = (strapi: Core.Strapi): Promise<SendingRules> =>
  readRules(database(strapi));

/** Holds from the next batch on, also for campaigns that are being sent. */
export async function saveSendingRules(
  strapi: Core.Strapi,
  rules: SendingRules,
): Promise<SendingRules> {
  await writeRules(database(strapi), rules, clock(strapi).now().getTime());
  return rules;
}

/** Until when campaigns wait now; null when they need not. */
export function quietNow(strapi: Core.Strapi, { quietFrom, quietTo }: SendingRules): Date | null {
  const hours = { from: quietFrom, to: quietTo };
  return quietUntil(hours, clock(strapi).now(), crmConfig(strapi).timeZone);
}
