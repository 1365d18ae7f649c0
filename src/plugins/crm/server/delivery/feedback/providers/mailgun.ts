/**
 * Mailgun: an HMAC over a timestamp and a token. It does not cover the event, so a token counts once,
 * also that of an event which means nothing to us: or it could carry another one that does.
 */
import { createHmac } from 'node:crypto';

import { z } from 'zod';

import { constantTimeEqual, crmConfig, refuse, success } from '../../../kernel';

import { bounceKind } from '../../domain/bounce-kind';
import type { FeedbackKind, FeedbackReport } from '../../domain/feedback';
import { referencesIn } from '../../domain/message-reference';
import { isFresh } from '../freshness';
import type { FeedbackProvider } from '../provider';

const bodySchema = z.object({
  signature: z.object({
    timestamp: z.union([z.string(), z.number()]).transform(String),
    token: z.string().min(10).max(200),
    signature: z.string().max(200),
  }),
  'event-data': z.looseObject({
    event: z.string(),
    timestamp: z.number().optional(),
    severity: z.string().optional(),
    reason: z.string().optional(),
    recipient: z.string().optional(),
    message: z
      .looseObject({ headers: z.looseObject({ 'message-id': z.string().optional() }).optional() })
      .optional(),
    'delivery-status': z
      .looseObject({
        code: z.union([z.string(), z.number()]).nullish(),
        message: z.string().nullish(),
        description: z.string().nullish(),
      })
      .optional(),
  }),
});
type Body = z.infer<typeof bodySchema>;

function kindOf(event: Body['event-data']): FeedbackKind | null {
  if (event.event === 'complained') return 'complaint';
  if (event.event === 'delivered') return 'delivered';
  // A temporary failure is tried again by Mailgun; when it gives up, that comes as permanent.
  if (event.event !== 'failed' || event.severity !== 'permanent') return null;
  if (event.reason === 'suppress-bounce') return 'hard-bounce';
  if (event.reason === 'suppress-complaint') return 'complaint';
  return `${bounceKind({ status: null, text: wordsOf(event) })}-bounce`;
}

const wordsOf = ({ 'delivery-status': status, reason }: Body['event-data']): string =>
  [status?.code, status?.message, status?.description, reason].filter(Boolean).join(' ');

function reportsOf({ signature, 'event-data': event }: Body): FeedbackReport[] {
  return [
    {
      kind: kindOf(event),
      references: referencesIn(event.message?.headers?.['message-id'] ?? ''),
      address: event.recipient ?? null,
      detail: wordsOf(event),
      eventId: signature.token,
      at: event.timestamp === undefined ? null : event.timestamp * 1000,
    },
  ];
}

export const mailgun: FeedbackProvider = {
  key: 'mailgun',
  isConfigured: (strapi) => crmConfig(strapi).email.feedback.mailgun !== undefined,
  hear(strapi, { json }) {
    const key = crmConfig(strapi).email.feedback.mailgun?.signingKey ?? '';
    const body = bodySchema.safeParse(json);
    if (!body.success) return Promise.resolve(refuse('delivery.feedback-refused', 401));
    const { timestamp, token, signature } = body.data.signature;
    const expected = createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex');
    const authentic =
      constantTimeEqual(expected, signature) && isFresh(strapi, Number(timestamp) * 1000);
    return Promise.resolve(
      authentic ? success(reportsOf(body.data)) : refuse('delivery.feedback-refused', 401),
    );
  },
};
