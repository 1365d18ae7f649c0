/** The channel `sms`: short texts through a gateway that speaks Twilio's message API. */
import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { smsLength } from '../../../../shared/sms-length';
import { crmConfig, type CrmConfig } from '../../../kernel';
import { mobileNumbers } from '../../store/mobile-numbers';
import type { Channel, ContentIssue, HandOver, OutboundMessage, SendOutcome } from '../channel';

import { classifyAnswer, classifySilence } from './errors';
import { MANY_PARTS, MOST_PARTS, smsLimits } from './limits';

type Gateway = NonNullable<CrmConfig['sms']>;

const takenSchema = z.object({ sid: z.string() });
const refusalSchema = z
  .object({ code: z.number().nullish(), message: z.string().nullish() })
  .transform(({ code, message }) => ({ code: code ?? null, message: message ?? '' }))
  .catch({ code: null, message: '' });

function lint({ text }: { readonly text: string }): readonly ContentIssue[] {
  const { length, parts } = smsLength(text);
  const params = { parts, length, most: MOST_PARTS };
  if (parts > MOST_PARTS) return [{ severity: 'error', key: 'delivery.lint.sms-too-long', params }];
  return parts >= MANY_PARTS
    ? [{ severity: 'warning', key: 'delivery.lint.sms-many-parts', params }]
    : [];
}

const senderOf = (from: string): Record<string, string> =>
  from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from };

async function call(gateway: Gateway, { address, content }: OutboundMessage): Promise<SendOutcome> {
  const { apiOrigin, accountSid, authToken, from, timeoutMs } = gateway;
  const path = `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  const secret = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
  const answer = await fetch(new URL(path, apiOrigin), {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: `Basic ${secret}` },
    body: new URLSearchParams({ To: address, Body: content.text, ...senderOf(from) }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) {
    const taken = takenSchema.safeParse(body);
    return { status: 'accepted', ...(taken.success && { providerMessageId: taken.data.sid }) };
  }
  const after = Number(answer.headers.get('retry-after'));
  const wait = Number.isFinite(after) && after > 0 ? after : undefined;
  return classifyAnswer(answer.status, refusalSchema.parse(body ?? {}), wait);
}

/** The gateway knows no retry key, so what was cut off is never sent again by itself. */
async function one(gateway: Gateway, message: OutboundMessage, handOver: HandOver) {
  if (!(await handOver([message.id]))) {
    return { status: 'retry', reason: 'lease lost' } satisfies SendOutcome;
  }
  return call(gateway, message).catch(classifySilence);
}

export function createSmsChannel(strapi: Core.Strapi): Channel {
  const gateway = crmConfig(strapi).sms;
  const price = gateway?.pricePerPart ?? null;
  return {
    key: 'sms',
    enabled: gateway !== undefined,
    consentChannel: 'sms',
    rendering: 'sms',
    idempotent: false,
    parallel: gateway?.connections ?? 1,
    ...smsLimits,
    addresses: mobileNumbers,
    lint,
    partsOf: ({ text }) => smsLength(text).parts,
    priceOf: () => price,
    send: (batch, handOver) =>
      gateway
        ? Promise.all(batch.map((message) => one(gateway, message, handOver)))
        : Promise.resolve(batch.map(() => ({ status: 'unreachable', reason: 'not configured' }))),
  };
}
