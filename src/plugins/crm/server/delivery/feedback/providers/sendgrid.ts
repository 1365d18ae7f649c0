/** SendGrid's signed event webhook: ECDSA over the timestamp and the body as it came. */
import { createPublicKey, verify } from 'node:crypto';

import { z } from 'zod';

import { crmConfig, refuse, success } from '../../../kernel';

import { bounceKind } from '../../domain/bounce-kind';
import type { FeedbackKind, FeedbackReport } from '../../domain/feedback';
import { referencesIn } from '../../domain/message-reference';
import { isFresh } from '../freshness';
import type { FeedbackProvider, WebhookRequest } from '../provider';

const SIGNATURE = 'x-twilio-email-event-webhook-signature';
const TIMESTAMP = 'x-twilio-email-event-webhook-timestamp';

const eventSchema = z.looseObject({
  event: z.string(),
  email: z.string().optional(),
  timestamp: z.number().optional(),
  type: z.string().optional(),
  reason: z.string().nullish(),
  status: z.string().nullish(),
  'smtp-id': z.string().optional(),
  sg_event_id: z.string().min(1),
});
type Event = z.infer<typeof eventSchema>;

/** SendGrid drops what it knows to be dead without trying again. */
const DROPPED: readonly (readonly [RegExp, FeedbackKind])[] = [
  [/bounced|invalid/i, 'hard-bounce'],
  [/spam reporting/i, 'complaint'],
];

function kindOf(event: Event): FeedbackKind | null {
  const words = event.reason ?? '';
  switch (event.event) {
    case 'delivered':
      return 'delivered';
    case 'spamreport':
      return 'complaint';
    case 'bounce':
      return `${bounceKind({ status: event.status ?? null, text: words })}-bounce`;
    case 'dropped':
      return DROPPED.find(([says]) => says.test(words))?.[1] ?? null;
    default:
      return null;
  }
}

function isSigned(publicKey: string, { raw, header }: WebhookRequest): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(publicKey.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64'),
      format: 'der',
      type: 'spki',
    });
    const signed = Buffer.from(header(TIMESTAMP) + raw);
    return verify('sha256', signed, key, Buffer.from(header(SIGNATURE), 'base64'));
  } catch {
    // A signature that is no signature, or a key that is no key.
    return false;
  }
}

const reportOf = (event: Event): FeedbackReport[] => {
  const kind = kindOf(event);
  if (!kind) return [];
  return [
    {
      kind,
      references: referencesIn(event['smtp-id'] ?? ''),
      address: event.email ?? null,
      detail: event.reason ?? '',
      eventId: event.sg_event_id,
      at: event.timestamp === undefined ? null : event.timestamp * 1000,
    },
  ];
};

export const sendgrid: FeedbackProvider = {
  key: 'sendgrid',
  isConfigured: (strapi) => crmConfig(strapi).email.feedback.sendgrid !== undefined,
  hear(strapi, request) {
    const publicKey = crmConfig(strapi).email.feedback.sendgrid?.publicKey ?? '';
    const at = Number(request.header(TIMESTAMP)) * 1000;
    if (!isSigned(publicKey, request) || !isFresh(strapi, at)) {
      return Promise.resolve(refuse('delivery.feedback-refused', 401));
    }
    const events = z.array(eventSchema).safeParse(request.json);
    return Promise.resolve(
      events.success
        ? success(events.data.flatMap(reportOf))
        : refuse('delivery.feedback-unreadable', 400),
    );
  },
};
