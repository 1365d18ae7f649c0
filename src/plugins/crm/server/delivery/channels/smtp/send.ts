/** E-mail by SMTP. */
import type { Core } from '@strapi/strapi';

import { clock, crmConfig } from '../../../kernel';
import type {
  Channel,
  ContentIssue,
  HandOver,
  MessageContent,
  OutboundMessage,
  SendOutcome,
} from '../channel';

import { messageReference, returnPathOf } from '../../domain/message-reference';

import { SmtpSessions } from './connection';
import { createSigner } from './dkim';
import { emailAddresses } from '../../store/email-addresses';

import { classify } from './errors';
import { createMailLimiter } from './limiter';
import {
  HTML_WARN_BYTES,
  NOT_HANDED_OVER_SECONDS,
  smtpLimits,
  SUBJECT_MAX,
  SUBJECT_WARN,
} from './limits';
import { addressSpec, writeMime } from './mime';

export function createSmtpChannel(strapi: Core.Strapi): Channel {
  const { email, publicUrl } = crmConfig(strapi);
  const sessions = new SmtpSessions(email.smtp);
  const sign = createSigner(email.dkim);
  const domain = addressSpec(email.from.address).split('@')[1] ?? new URL(publicUrl).hostname;

  const returnPath = email.returnPath;
  const limiter = createMailLimiter(strapi);

  const send = async (message: OutboundMessage, handOver: HandOver): Promise<SendOutcome> => {
    const messageId = `${messageReference(message)}@${domain}`;
    const raw = writeMime({
      from: email.from,
      to: message.address,
      subject: message.content.subject,
      text: message.content.text,
      html: message.content.html,
      messageId,
      date: clock(strapi).now(),
      headers: headersOf(message),
    });
    const delivery = await sessions.deliver(
      {
        from: addressSpec(returnPath ? returnPathOf(returnPath, message) : email.from.address),
        to: addressSpec(message.address),
      },
      await sign(raw),
      () => handOver([message.id]),
    );
    if (delivery.ok) return { status: 'accepted', providerMessageId: messageId };
    // Nothing was sent: the row is another worker's, or the database did not take the intent.
    if ('withdrawn' in delivery) {
      return { status: 'retry', reason: 'not handed over', afterSeconds: NOT_HANDED_OVER_SECONDS };
    }
    return classify(delivery.error, delivery.dataStarted);
  };

  return {
    key: 'email',
    enabled: true,
    consentChannel: 'email',
    rendering: 'email',
    idempotent: false,
    ...smtpLimits,
    parallel: email.smtp.connections,
    addresses: emailAddresses,
    lint,
    send: (batch, handOver) =>
      Promise.all(
        batch.map((message) => limiter.within(message.address, () => send(message, handOver))),
      ),
    close: () => Promise.resolve(sessions.close()),
  };
}

/**
 * Marketing carries both unsubscribe headers of RFC 8058 and an identifier for Gmail's feedback
 * loop; a receipt carries neither.
 */
function headersOf(message: OutboundMessage): readonly (readonly [string, string])[] {
  if (message.stream === 'transactional' || message.unsubscribeUrl === null) {
    return [['Auto-Submitted', 'auto-generated']];
  }
  return [
    ['List-Unsubscribe', `<${message.unsubscribeUrl}>`],
    ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
    ['Feedback-ID', `${message.campaignId ?? 0}:${message.stream}:enishi`],
  ];
}

function lint(content: MessageContent): readonly ContentIssue[] {
  const issues: ContentIssue[] = [];
  const subject = [...content.subject.trim()].length;
  if (subject === 0) issues.push({ severity: 'error', key: 'delivery.lint.subject-missing' });
  if (subject > SUBJECT_MAX) {
    issues.push({
      severity: 'error',
      key: 'delivery.lint.subject-too-long',
      params: { length: subject, max: SUBJECT_MAX },
    });
  } else if (subject > SUBJECT_WARN) {
    issues.push({
      severity: 'warning',
      key: 'delivery.lint.subject-long',
      params: { length: subject, max: SUBJECT_WARN },
    });
  }
  const size = Buffer.byteLength(content.html);
  if (size > HTML_WARN_BYTES) {
    issues.push({
      severity: 'warning',
      key: 'delivery.lint.html-large',
      params: { kilobytes: Math.round(size / 1000) },
    });
  }
  return issues;
}
