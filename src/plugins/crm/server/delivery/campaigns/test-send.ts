import { randomUUID } from 'node:crypto';

import type { Core } from '@strapi/strapi';
import type { z } from 'zod';

import type { testSendSchema } from '../../../shared/delivery';
import { accessService, unknownVisitor } from '../../access';
import { customersService, normalizeEmail, normalizePhone } from '../../customers';
import { clock, inTransaction, refuse, success, translate, type Result } from '../../kernel';

import { compileDraft, renderFor } from '../composition';
import { channelsOf } from '../outbox/configured-channels';
import { wakeLane } from '../outbox/outbox';
import { insertDirect } from '../store/direct';

/** How an address of a channel is read; of the others anything is taken. */
const READERS: Readonly<Record<string, (text: string) => string | null>> = {
  email: normalizeEmail,
  sms: normalizePhone,
};

/**
 * What the chosen person would get, to an address of the editor's choice, through the same outbox.
 * Its links are not tracked and it counts in no report.
 */
export async function testSend(
  strapi: Core.Strapi,
  request: z.output<typeof testSendSchema>,
): Promise<Result<{ data: { address: string } }>> {
  const [channel] = channelsOf(strapi, [request.channel]);
  if (!channel) return refuse('delivery.channel-unknown', 400);
  const address = (READERS[channel.key] ?? String)(request.address);
  if (address === null) return refuse('delivery.test-address', 400);
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
        unique_key: `test:${retryKey}`,
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
