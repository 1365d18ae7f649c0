/** What providers tell about a mail that was sent. */
import {
  mailgunWebhook,
  sendgridWebhook,
  type ProviderKeys,
} from '../../support/provider-webhooks';

import type { SentMail } from './feedback';

export const sendgridAbout = (keys: ProviderKeys, mail: SentMail, event: object, at?: number) =>
  sendgridWebhook(
    keys,
    [
      {
        email: mail.address,
        'smtp-id': mail.messageId,
        sg_event_id: `${JSON.stringify(event)} ${mail.messageId}`,
        ...event,
      },
    ],
    at,
  );

export const ofMailgun = (mail: SentMail, event: object, at?: number) =>
  mailgunWebhook(
    {
      recipient: mail.address,
      message: { headers: { 'message-id': mail.messageId.replace(/[<>]/g, '') } },
      ...event,
    },
    at,
  );

export const sesBounce = (mail: SentMail, bounce: object = {}) => ({
  notificationType: 'Bounce',
  mail: { headers: [{ name: 'Message-ID', value: mail.messageId }] },
  bounce: {
    bounceType: 'Permanent',
    bounceSubType: 'General',
    bouncedRecipients: [{ emailAddress: mail.address, status: '5.1.1', diagnosticCode: 'gone' }],
    ...bounce,
  },
});
