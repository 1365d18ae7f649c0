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
import { sendByFirst, type Attempt } from './failover';
import { createMailLimiter } from './limiter';
import {
  HTML_WARN_BYTES,
  NOT_HANDED_OVER_SECONDS,
  smtpLimits,
  SUBJECT_MAX,
  SUBJECT_WARN,
} from './limits';
import { addressSpec } from './mime';
import { createServers, type MailServer } from './servers';

/** One attempt at one server. */
async function attempt(
  strapi: Core.Strapi,
  server: MailServer,
  message: OutboundMessage,
  handOver: HandOver,
): Promise<Attempt> {
  const { returnPath } = crmConfig(strapi).email;
  const { from, domain } = server;
  const { content, address } = message;
  const { subject, text } = content;
  const html = content.framedHtml ?? content.html;
  const messageId = `${messageReference(message)}@${domain}`;
  const date = clock(strapi).now();
  const answer = await server.deliver({
    mail: { from, to: address, subject, text, html, messageId, date, headers: headersOf(message) },
    envelope: {
      from: addressSpec(returnPath ? returnPathOf(returnPath, message) : from.address),
      to: addressSpec(address),
    },
    handOver: () => handOver([message.id]),
  });
  if (answer.status === 'refused') {
    const { outcome, isServersFault } = answer;
    return { outcome, isServersFault, isWithdrawn: false };
  }
  if (answer.status === 'accepted') {
    const outcome = { status: 'accepted', providerMessageId: messageId } as const;
    return { outcome, isServersFault: false, isWithdrawn: false };
  }
  // Nothing was sent: the row is another worker's, or the database did not take the intent.
  const afterSeconds = NOT_HANDED_OVER_SECONDS;
  const outcome = { status: 'retry', reason: 'not handed over', afterSeconds } as const;
  return { outcome, isServersFault: false, isWithdrawn: true };
}

/** Its rate is used up, or could not be asked: nothing was sent. */
const waiting = (outcome: SendOutcome): Attempt => ({
  outcome,
  isServersFault: false,
  isWithdrawn: false,
});

export function createSmtpChannel(strapi: Core.Strapi): Channel {
  const servers = createServers(strapi);
  const diary = new ServerDiary(strapi);
  const limiter = createMailLimiter(strapi);
  const now = () => clock(strapi).now().getTime();
  const send = (message: OutboundMessage, handOver: HandOver): Promise<SendOutcome> =>
    sendByFirst(
      servers.all.filter(({ streams }) => streams.includes(message.stream)),
      {
        now,
        send: (server) =>
          limiter.at(server.key, () => attempt(strapi, server, message, handOver), waiting),
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
    parallel: Math.max(...servers.all.map(({ connections }) => connections)),
    addresses: emailAddresses,
    lint,
    send: (batch, handOver) =>
      Promise.all(
        batch.map((message) => limiter.within(message.address, () => send(message, handOver))),
      ),
    async close() {
      await servers.close();
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
