/** Amazon SNS: is this message really from one of our topics? */
import { createPublicKey, verify, X509Certificate } from 'node:crypto';

import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { clock, outbound, type OutboundRule } from '../../../kernel';

export const snsMessageSchema = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string().min(1).max(200),
  TopicArn: z.string().max(300),
  Message: z.string(),
  Subject: z.string().optional(),
  Timestamp: z.string(),
  Token: z.string().optional(),
  SubscribeURL: z.string().optional(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
});
export type SnsMessage = z.infer<typeof snsMessageSchema>;

const HOST = /^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(?:\.cn)?$/;
const CERTIFICATE: OutboundRule = { host: HOST, path: /^\/SimpleNotificationService-[\w-]+\.pem$/ };
const SUBSCRIPTION: OutboundRule = { host: HOST, path: /^\/$/ };

/** In this order, each as name and value on lines of their own. */
const SIGNED: Readonly<Record<SnsMessage['Type'], readonly (keyof SnsMessage)[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
  UnsubscribeConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
};

export const signedText = (message: SnsMessage): string =>
  SIGNED[message.Type]
    .flatMap((name) => (message[name] === undefined ? [] : [`${name}\n${message[name]}\n`]))
    .join('');

/** Amazon changes its certificate about once a year; asking for it on every message would let anybody make us ask. */
const certificates = new WeakMap<object, Map<string, X509Certificate>>();

async function certificateAt(strapi: Core.Strapi, address: string): Promise<X509Certificate> {
  const known = certificates.get(strapi) ?? new Map<string, X509Certificate>();
  certificates.set(strapi, known);
  const kept = known.get(address);
  if (kept) return kept;
  const certificate = new X509Certificate(await outbound(strapi).text(address, CERTIFICATE));
  if (known.size >= 20) known.clear();
  known.set(address, certificate);
  return certificate;
}

function isValidNow(strapi: Core.Strapi, { validFrom, validTo }: X509Certificate): boolean {
  const now = clock(strapi).now().getTime();
  return Date.parse(validFrom) <= now && now <= Date.parse(validTo);
}

export async function isSignedByAmazon(strapi: Core.Strapi, message: SnsMessage): Promise<boolean> {
  try {
    const certificate = await certificateAt(strapi, message.SigningCertURL);
    return (
      isValidNow(strapi, certificate) &&
      verify(
        message.SignatureVersion === '1' ? 'sha1' : 'sha256',
        Buffer.from(signedText(message)),
        createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' })),
        Buffer.from(message.Signature, 'base64'),
      )
    );
  } catch (error) {
    strapi.log.warn(`crm: a notification could not be verified: ${String(error)}`);
    return false;
  }
}

/** Says yes to Amazon; only ever after its signature was checked. False when that failed. */
export async function confirmSubscription(strapi: Core.Strapi, address: string): Promise<boolean> {
  try {
    await outbound(strapi).text(address, SUBSCRIPTION);
    return true;
  } catch (error) {
    strapi.log.warn(`crm: a subscription could not be confirmed: ${String(error)}`);
    return false;
  }
}
