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

import { emailAddresses } from '../../store/email-addresses';

import { ServerDiary } from './diary';
import { classify, isServersFault } from './errors';
import { sendByFirst, type Attempt } from './failover';
import { createMailLimiter } from './limiter';
import {
  HTML_WARN_BYTES,
  NOT_HANDED_OVER_SECONDS,
  smtpLimits,
  SUBJECT_MAX,
  SUBJECT_WARN,
} from './limits';
import { addressSpec, writeMime } from './mime';
import { createServers, type MailServer } from './servers';

/** One attempt at one server. */
async function attempt(
  strapi: Core.Strapi,
  { from, domain, sessions, sign }: MailServer,
  message: OutboundMessage,
  handOver: HandOver,
): Promise<Attempt> {
  const { returnPath } = crmConfig(strapi).email;
  const messageId = `${messageReference(message)}@${domain}`;
  const raw = writeMime({
    from,
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
      from: addressSpec(returnPath ? returnPathOf(returnPath, message) : from.address),
      to: addressSpec(message.address),
    },
    await sign(raw),
    () => handOver([message.id]),
  );
  const fine = { isServersFault: false, isWithdrawn: false };
  if (delivery.ok)
    return { ...fine, outcome: { status: 'accepted', providerMessageId: messageId } };
  // Nothing was sent: the row is another worker's, or the database did not take the intent.
  if ('withdrawn' in delivery) {
    const afterSeconds = NOT_HANDED_OVER_SECONDS;
    const outcome = { status: 'retry', reason: 'not handed over', afterSeconds } as const;
    return { ...fine, outcome, isWithdrawn: true };
  }
  const { error, dataStarted } = delivery;
  return {
    outcome: classify(error, dataStarted),
    isServersFault: isServersFault(error),
    isWithdrawn: false,
  };
}

export function createSmtpChannel(strapi: Core.Strapi): Channel {
  const servers = createServers(strapi);
  const diary = new ServerDiary(strapi);
  const limiter = createMailLimiter(strapi);
  const now = () => clock(strapi).now().getTime();
  const send = (message: OutboundMessage, handOver: HandOver): Promise<SendOutcome> =>
    sendByFirst(
      servers.filter(({ streams }) => streams.includes(message.stream)),
      {
        now,
        send: (server) => attempt(strapi, server, message, handOver),
        note: ({ key }, problem) => diary.note(key, problem, now()),
      },
    );

  return {
    key: 'email',
    enabled: true,
    consentChannel: 'email',
    rendering: 'email',
    idempotent: false,
    ...smtpLimits,
    parallel: Math.max(...servers.map(({ sessions }) => sessions.most)),
    addresses: emailAddresses,
    lint,
    send: (batch, handOver) =>
      Promise.all(
        batch.map((message) => limiter.within(message.address, () => send(message, handOver))),
      ),
    async close() {
      for (const { sessions } of servers) sessions.close();
      await diary.written();
    },
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
