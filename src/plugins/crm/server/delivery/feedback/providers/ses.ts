/** Amazon SES: bounces, complaints and deliveries, published by SNS. */
import { z } from 'zod';

import { crmConfig, refuse, success } from '../../../kernel';

import { bounceKind } from '../../domain/bounce-kind';
import type { FeedbackKind, FeedbackReport } from '../../domain/feedback';
import { referencesIn } from '../../domain/message-reference';
import { isFresh } from '../freshness';
import type { FeedbackProvider, Heard } from '../provider';

import { confirmSubscription, isSignedByAmazon, snsMessageSchema, type SnsMessage } from './sns';

const recipientSchema = z.looseObject({
  emailAddress: z.string(),
  status: z.string().optional(),
  diagnosticCode: z.string().optional(),
});

const notificationSchema = z.looseObject({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  mail: z.looseObject({
    headers: z.array(z.looseObject({ name: z.string(), value: z.string() })).optional(),
    commonHeaders: z.looseObject({ messageId: z.string().optional() }).optional(),
  }),
  bounce: z
    .looseObject({
      bounceType: z.string(),
      bounceSubType: z.string().optional(),
      bouncedRecipients: z.array(recipientSchema),
    })
    .optional(),
  complaint: z
    .looseObject({
      complainedRecipients: z.array(recipientSchema),
      complaintFeedbackType: z.string().nullish(),
    })
    .optional(),
  delivery: z
    .looseObject({ recipients: z.array(z.string()), smtpResponse: z.string().optional() })
    .optional(),
});
type Notification = z.infer<typeof notificationSchema>;

interface Told {
  readonly kind: FeedbackKind;
  readonly address: string;
  readonly detail: string;
}

const REFUSED_CONTENT = ['ContentRejected', 'AttachmentRejected', 'MessageTooLarge'];

function bounces({ bounce }: Notification): Told[] {
  return (bounce?.bouncedRecipients ?? []).map(({ emailAddress, status, diagnosticCode }) => {
    const text = diagnosticCode ?? bounce?.bounceSubType ?? '';
    const judged = `${bounceKind({ status: status ?? null, text })}-bounce` as const;
    const kind = REFUSED_CONTENT.includes(bounce?.bounceSubType ?? '')
      ? 'policy-bounce'
      : bounce?.bounceType === 'Permanent'
        ? 'hard-bounce'
        : bounce?.bounceType === 'Transient'
          ? 'soft-bounce'
          : judged;
    return { kind, address: emailAddress, detail: text };
  });
}

function complaints({ complaint }: Notification): Told[] {
  if (complaint?.complaintFeedbackType === 'not-spam') return [];
  return (complaint?.complainedRecipients ?? []).map(({ emailAddress }) => ({
    kind: 'complaint',
    address: emailAddress,
    detail: complaint?.complaintFeedbackType ?? 'abuse',
  }));
}

const deliveries = ({ delivery }: Notification): Told[] =>
  (delivery?.recipients ?? []).map((address) => ({
    kind: 'delivered',
    address,
    detail: delivery?.smtpResponse ?? '',
  }));

const READERS: Readonly<Record<string, (notification: Notification) => Told[]>> = {
  Bounce: bounces,
  Complaint: complaints,
  Delivery: deliveries,
};

function reportsOf(message: SnsMessage): Heard {
  const parsed = notificationSchema.safeParse(jsonOf(message.Message));
  // Amazon tells a new topic "Successfully validated": signed, and no notification.
  if (!parsed.success) return success([]);
  const { mail, notificationType, eventType } = parsed.data;
  // SES replaces the Message-ID, but hands the headers over as we wrote them.
  const written = (mail.headers ?? []).map(({ value }) => value).join('\n');
  const references = referencesIn(`${written}\n${mail.commonHeaders?.messageId ?? ''}`);
  const told = READERS[notificationType ?? eventType ?? '']?.(parsed.data) ?? [];
  return success(
    told.map((one, index): FeedbackReport => ({
      ...one,
      references,
      eventId: `${message.MessageId}:${index}`,
      at: Date.parse(message.Timestamp),
    })),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const ses: FeedbackProvider = {
  key: 'ses',
  isConfigured: (strapi) => crmConfig(strapi).email.feedback.ses !== undefined,
  async hear(strapi, { json }) {
    const refused = refuse('delivery.feedback-refused', 401);
    const parsed = snsMessageSchema.safeParse(json);
    if (!parsed.success) return refused;
    const message = parsed.data;
    // Anybody with an account at Amazon can have a message signed: it must come from our topic.
    const ours = crmConfig(strapi).email.feedback.ses?.topicArns.includes(message.TopicArn);
    if (!ours || !isFresh(strapi, Date.parse(message.Timestamp))) return refused;
    if (!(await isSignedByAmazon(strapi, message))) return refused;
    if (message.Type === 'SubscriptionConfirmation') {
      return (await confirmSubscription(strapi, message.SubscribeURL ?? ''))
        ? success([])
        : refused;
    }
    return message.Type === 'Notification' ? reportsOf(message) : success([]);
  },
};
