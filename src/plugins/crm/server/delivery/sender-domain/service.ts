import { promises as dns } from 'node:dns';

import type { Core } from '@strapi/strapi';

import type { SenderDomain } from '../../../shared/sender-domain';
import { clock, crmConfig, refuse, success, type Result } from '../../kernel';

import type { CampaignRecord } from '../store/campaigns';
import { sendingRules } from '../rules';

import { checkSenderDomain } from './check';

const WAIT_MS = 3_000;

/** What receivers would find now; nothing is kept, because DNS is what counts. */
export async function senderDomain(strapi: Core.Strapi): Promise<Result<SenderDomain>> {
  const { email } = crmConfig(strapi);
  const resolver = new dns.Resolver({ timeout: WAIT_MS, tries: 2 });
  if (email.dnsServers.length > 0) resolver.setServers(email.dnsServers);
  try {
    const report = await checkSenderDomain(resolver, {
      from: email.from.address,
      envelope: email.returnPath ?? email.from.address,
      dkim: email.dkim ?? null,
    });
    return success({ ...report, checkedAt: clock(strapi).now().getTime() });
  } catch (error) {
    strapi.log.warn(`crm: the sender's domain could not be looked up: ${String(error)}`);
    return refuse('delivery.domain-unknown', 503);
  }
}

/** Where the house wants it: no advertising by mail that receivers would take for forged. */
export async function mayMail(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<Result<true>> {
  if (!campaign.channels.includes('email')) return success(true);
  if (!(await sendingRules(strapi)).requireAlignment) return success(true);
  const found = await senderDomain(strapi);
  if (!found.ok) return found;
  const isRed = found.value.findings.some(({ serious }) => serious);
  if (!isRed) return success(true);
  return refuse('delivery.domain-red', 409, { params: { domain: found.value.domain } });
}
