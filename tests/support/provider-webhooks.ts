/** Webhooks of mail providers, signed as they sign them, with keys made in the test. */
import { createHmac, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

import { certificate, type TestCertificate } from './certificate';

export const TOPIC = 'arn:aws:sns:ap-northeast-1:123456789012:ses-feedback';
export const MAILGUN_KEY = 'key-0123456789abcdef';
export const CERTIFICATE_URL =
  'https://sns.ap-northeast-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface ProviderKeys {
  readonly amazon: TestCertificate;
  readonly sendgrid: { readonly publicKey: string; readonly privateKey: KeyObject };
}

export function providerKeys(): ProviderKeys {
  const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const now = Date.now();
  return {
    amazon: certificate('sns.amazonaws.com', [
      new Date(now - 400 * DAY_MS),
      new Date(now + 400 * DAY_MS),
    ]),
    sendgrid: {
      publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      privateKey: pair.privateKey,
    },
  };
}

export interface Webhook {
  readonly provider: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const JSON_TYPE = { 'content-type': 'application/json' };

export function sendgridWebhook(
  { sendgrid }: ProviderKeys,
  events: readonly object[],
  at = Date.now(),
): Webhook {
  const body = JSON.stringify(events);
  const timestamp = String(Math.floor(at / 1000));
  const signature = sign('sha256', Buffer.from(timestamp + body), sendgrid.privateKey);
  return {
    provider: 'sendgrid',
    body,
    headers: {
      ...JSON_TYPE,
      'x-twilio-email-event-webhook-signature': signature.toString('base64'),
      'x-twilio-email-event-webhook-timestamp': timestamp,
    },
  };
}

export function mailgunWebhook(event: object, at = Date.now()): Webhook {
  const timestamp = String(Math.floor(at / 1000));
  const token = randomBytes(25).toString('hex');
  const signature = createHmac('sha256', MAILGUN_KEY)
    .update(timestamp + token)
    .digest('hex');
  const body = JSON.stringify({
    signature: { timestamp, token, signature },
    'event-data': event,
  });
  return { provider: 'mailgun', body, headers: JSON_TYPE };
}

const SIGNED = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** `change` alters what is signed; what is altered afterwards is a forgery. */
export function snsWebhook(
  { amazon }: ProviderKeys,
  notification: object,
  change: Readonly<Record<string, string>> = {},
): Webhook {
  const message: Record<string, string> = {
    Type: 'Notification',
    MessageId: randomBytes(12).toString('hex'),
    TopicArn: TOPIC,
    Message: JSON.stringify(notification),
    Timestamp: new Date().toISOString(),
    SignatureVersion: '2',
    SigningCertURL: CERTIFICATE_URL,
    ...change,
  };
  const text = SIGNED.flatMap((name) =>
    message[name] === undefined ? [] : [`${name}\n${message[name]}\n`],
  ).join('');
  const hash = message.SignatureVersion === '1' ? 'sha1' : 'sha256';
  const signature = sign(hash, Buffer.from(text), amazon.privateKey).toString('base64');
  return {
    provider: 'ses',
    body: JSON.stringify({ ...message, Signature: signature }),
    headers: { 'content-type': 'text/plain; charset=UTF-8' },
  };
}
