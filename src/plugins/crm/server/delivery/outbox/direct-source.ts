import { z } from 'zod';

import type { MessageContent, OutboundMessage } from '../channels/channel';
import { triedBefore, type MessageRow } from '../store/message-row';

import type { LaneSource, Prepared } from './worker';

/** What a transactional row keeps: already rendered, for it goes to one person only. */
export const directPayload = z.object({
  template: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  altText: z.string().optional(),
  lineMessages: z.array(z.looseObject({})).max(5).default([]),
});

export function directMessage(row: MessageRow): OutboundMessage {
  const payload = directPayload.parse(JSON.parse(row.payload ?? '{}'));
  const content: MessageContent = {
    ...payload,
    preheader: '',
    altText: payload.altText ?? payload.subject,
  };
  return {
    id: Number(row.id),
    campaignId: null,
    customerId: row.customer_id === null ? null : Number(row.customer_id),
    address: row.address ?? '',
    stream: row.stream,
    locale: row.locale,
    retryKey: row.retry_key,
    attempt: Number(row.attempts) + 1,
    ...triedBefore(row),
    isPersonal: true,
    content,
    unsubscribeUrl: null,
  };
}

/** Rows outside campaigns. Only an address that bounced hard stops them. */
export function directSource(
  undeliverable: (rows: readonly MessageRow[]) => Promise<ReadonlySet<number>>,
  settled: LaneSource['settled'],
): LaneSource {
  return {
    isOpen: () => Promise.resolve(true),
    async *prepare(rows) {
      const refused = await undeliverable(rows);
      yield rows.map((row): Prepared =>
        refused.has(row.id) ? { row, blocked: 'suppressed' } : { row, message: directMessage(row) },
      );
    },
    settled,
  };
}
