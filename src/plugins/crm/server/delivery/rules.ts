import type { Core } from '@strapi/strapi';

import { sendingRulesSchema, type SendingRules } from '../../shared/sending-rules';
import { clock, crmConfig, database } from '../kernel';

import { quietUntil } from './domain/quiet-hours';
import { isReservedDomain } from './domain/reserved-domain';
import { readRules, writeRules } from './store/rules';

/** Mail from a real domain is held back where receivers would refuse it; nothing else is limited. */
function untouchedRules(strapi: Core.Strapi): SendingRules {
  const { address } = crmConfig(strapi).email.from;
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return sendingRulesSchema.parse({ requireAlignment: !isReservedDomain(domain) });
}

export const sendingRules = async (strapi: Core.Strapi): Promise<SendingRules> =>
  (await readRules(database(strapi))) ?? untouchedRules(strapi);

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
