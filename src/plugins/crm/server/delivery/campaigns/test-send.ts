import { randomUUID } from 'node:crypto';

import type { Core } from '@strapi/strapi';
import type { z } from 'zod';

import type { testSendSchema } from '../../../shared/delivery';
import { accessService, unknownVisitor } from '../../access';
import { customersService, normalizeEmail, normalizePhone } from '../../customers';
import {
  clock,
  hitRateLimit,
  inTransaction,
  refuse,
  success,
  translate,
  type RateLimit,
  type Result,
} from '../../kernel';

import { compileDraft, renderFor } from '../composition';
import type { Channel } from '../channels/channel';
import { channelsOf } from '../outbox/configured-channels';
import { wakeLane } from '../outbox/outbox';
import { isAdministratorAddress } from '../store/administrators';
import { insertDirect } from '../store/direct';

/** How an address of a channel is read; of the others anything is taken. */
const READERS: Readonly<Record<string, (text: string) => string | null>> = {
  email: normalizeEmail,
  sms: normalizePhone,
};

/** The administrator who asks, as Strapi knows her in this request. */
export interface Tester {
  readonly id: number;
  readonly ability: { can(action: string): boolean };
}

type TestRequest = z.output<typeof testSendSchema>;

/** A look needs a few; who sends hundreds goes around the second person who has to agree. */
const testSends: RateLimit = { name: 'delivery.test-send', limit: 20, windowSeconds: 3600 };

/**
 * What a test shows of a person needs the right to read people; where it goes out of the house, the
 * right to send.
 */
async function mayTest(
  strapi: Core.Strapi,
  { id, ability }: Tester,
  channel: Channel,
  { address, customerId }: TestRequest,
): Promise<Result<true>> {
  if (customerId !== undefined && !ability.can('plugin::crm.customers.read')) {
    return refuse('delivery.test-person-refused', 403);
  }
  const limited = await hitRateLimit(strapi, testSends, String(id));
  if (!limited.ok || ability.can('plugin::crm.campaigns.send')) return limited;
  const isOurs = channel.key === 'email' && (await isAdministratorAddress(strapi, address));
  return isOurs ? success(true) : refuse('delivery.test-address-refused', 403);
}

/**
 * What the chosen person would get, to an address of the editor's choice, through the same outbox.
 * Its links are not tracked and it counts in no report; who sent it stands in its unique key.
 */
export async function testSend(
  strapi: Core.Strapi,
  tester: Tester,
  request: TestRequest,
): Promise<Result<{ data: { address: string } }>> {
  const [channel] = channelsOf(strapi, [request.channel]);
  if (!channel) return refuse('delivery.channel-unknown', 400);
  const address = (READERS[channel.key] ?? String)(request.address);
  if (address === null) return refuse('delivery.test-address', 400);
  const allowed = await mayTest(strapi, tester, channel, { ...request, address });
  if (!allowed.ok) return allowed;
  const compiled = await compileDraft(strapi, request.campaign, request.documentId);
  if (!compiled) return refuse('delivery.source-unpublished', 400);
  const customer = request.customerId
    ? await customersService(strapi).find(request.customerId)
    : null;
  const viewer = customer
    ? await accessService(strapi).viewerForCustomer(customer.id)
    : { ...unknownVisitor, kind: 'preview' as const };
  const rendered = renderFor(strapi, compiled, channel, { customer, viewer });
  if ('withheld' in rendered) return refuse('delivery.nothing-to-show', 400);
  const { locale } = compiled;
  const subject = translate(strapi, locale, 'delivery.test-subject', {
    subject: rendered.content.subject,
  });
  const retryKey = randomUUID();
  await inTransaction(strapi, async (unit) => {
    await insertDirect(
      unit.trx,
      {
        customer_id: null,
        channel: channel.key,
        stream: 'transactional',
        guard_reason: 'test',
        unique_key: `test:${tester.id}:${retryKey}`,
        address,
        locale,
        retry_key: retryKey,
        payload: JSON.stringify({ ...rendered.content, template: 'delivery.test', subject }),
      },
      clock(strapi).now().getTime(),
    );
    unit.afterCommit(() => wakeLane(strapi, { campaignId: null, channel: channel.key }));
  });
  return success({ data: { address } });
}
