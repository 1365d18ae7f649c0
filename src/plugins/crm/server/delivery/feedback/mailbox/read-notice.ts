/** One mail of the bounce mailbox → what it reports. Servers write these mails, people forge them. */
import PostalMime, { type Attachment, type Email } from 'postal-mime';

import { sha256 } from '../../../kernel';

import { bounceKind, type BounceKind } from '../../domain/bounce-kind';
import { fieldGroups, recipientStatuses } from '../../domain/delivery-status';
import type { FeedbackKind, FeedbackReport } from '../../domain/feedback';
import { referencesIn } from '../../domain/message-reference';

/** Bounces quote a mail whole; where our reference stands is always near the beginning. */
const READ_CHARACTERS = 200_000;
const DETAIL = 500;

const KIND_OF: Readonly<Record<BounceKind, FeedbackKind>> = {
  hard: 'hard-bounce',
  soft: 'soft-bounce',
  policy: 'policy-bounce',
};

type Found = Pick<FeedbackReport, 'kind' | 'address' | 'detail'>;

/** Empty for what is no notice: newsletters, out-of-office notes, spam. */
export async function readNotice(source: Uint8Array): Promise<FeedbackReport[]> {
  const mail = await PostalMime.parse(source, {
    forceRfc822Attachments: true,
    attachmentEncoding: 'utf8',
  });
  const references = referencesIn(everythingIn(mail));
  const eventId = sha256(mail.messageId ?? Buffer.from(source).toString('latin1'));
  const parsed = mail.date ? Date.parse(mail.date) : NaN;
  return found(mail).map((report, index) => ({
    ...report,
    detail: report.detail.slice(0, DETAIL),
    references,
    eventId: `${eventId}:${index}`,
    at: Number.isNaN(parsed) ? null : parsed,
  }));
}

function found(mail: Email): Found[] {
  const complaint = partOf(mail, 'message/feedback-report');
  if (complaint) return complaintIn(textOf(complaint));
  const status = partOf(mail, /^message\/(global-)?delivery-status$/);
  if (status) return statusReports(mail, textOf(status));
  // "She has opened it": no bounce, and no answer.
  if (partOf(mail, 'message/disposition-notification')) return [];
  if (looksLikeBounce(mail)) return [plainBounce(mail)];
  return isReply(mail) ? [{ kind: 'reply', address: null, detail: mail.subject ?? '' }] : [];
}

/** ARF. `not-spam` says the opposite of a complaint. */
function complaintIn(text: string): Found[] {
  const [fields] = fieldGroups(text);
  const type = fields?.get('feedback-type')?.toLowerCase() ?? 'abuse';
  if (!['abuse', 'fraud', 'opt-out', 'opt-out-list', 'other'].includes(type)) return [];
  const address = fields?.get('original-rcpt-to')?.replace(/[<>]/g, '') ?? null;
  return [{ kind: 'complaint', address, detail: type }];
}

/** `delayed` is no answer yet: the server goes on trying. */
function statusReports(mail: Email, text: string): Found[] {
  return recipientStatuses(text).flatMap(({ address, action, status, diagnostic }): Found[] => {
    if (action === 'delivered') return [{ kind: 'delivered', address, detail: diagnostic }];
    if (action !== 'failed') return [];
    const prose = wordsAbove(mail.text ?? '');
    const told = filteredByDocomo(status, diagnostic, prose);
    const kind = KIND_OF[told ?? bounceKind({ status, text: diagnostic || prose })];
    return [
      { kind, address, detail: diagnostic || `${status ?? ''} ${mail.subject ?? ''}`.trim() },
    ];
  });
}

/** What carriers and old servers send: prose, sometimes without the mail it is about. */
function plainBounce(mail: Email): Found {
  const text = wordsAbove(mail.text ?? mail.html ?? '').slice(0, 4_000);
  const detail = text.replace(/\s+/g, ' ').trim();
  return { kind: KIND_OF[bounceKind({ status: null, text })], address: null, detail };
}

/** Where servers begin to quote the mail that they give back. */
const QUOTE =
  /^(?:-{2,} ?(?:below this line is|this is) a copy|-{3,} ?(?:the )?original message|-{3,} ?(?:original )?message (?:follows|header)|-{3,} ?(?:the )?header (?:page )?of the original|return-path:|received: )/im;

/** Our own words must not be taken for the server's. */
function wordsAbove(text: string): string {
  const quote = QUOTE.exec(text);
  return quote ? text.slice(0, quote.index) : text;
}

/**
 * docomo says "Unknown user" of an address that lives, where its owner takes no mail from us: only
 * after it has seen the mail.
 */
function filteredByDocomo(status: string | null, diagnostic: string, prose: string) {
  if (!/unknown user \S+@(?:[\w-]+\.)*docomo\.ne\.jp/i.test(diagnostic)) return null;
  const isAfterData = status === '5.2.0' || /in reply to (?:end of )?DATA/i.test(prose);
  return isAfterData ? 'policy' : null;
}

const SENDERS = /^(mailer-daemon|postmaster|mail-daemon|mailerdaemon|mail delivery)/i;
const SUBJECTS =
  /undeliver|deliver(?:y|ed)? (?:failure|fail|status|problem)|returned (?:mail|to sender)|failure notice|mail system error|送信(?:でき|エラー)|配信(?:不能|エラー|でき)|エラー通知|返送/i;

/** What a notice says that comes from anybody, with the mail that it is about. */
const GIVEN_BACK = /could not be delivered to|(?:送信|配信|配送)できませんでした/i;

function looksLikeBounce(mail: Email): boolean {
  if (header(mail, 'x-failed-recipients')) return true;
  if (partOf(mail, 'message/rfc822') && GIVEN_BACK.test(mail.text ?? '')) return true;
  const from = `${mail.from?.address ?? ''} ${mail.from?.name ?? ''}`.trim();
  return (
    SENDERS.test(from) ||
    (header(mail, 'return-path') === '<>' && SUBJECTS.test(mail.subject ?? ''))
  );
}

const AUTOMATIC_HEADERS = ['x-autoreply', 'x-autorespond', 'x-auto-response-suppress'];
const AWAY =
  /^(?:auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|away from|vacation|【?(?:自動(?:応答|返信|送信)|不在))/i;

/** A person's answer; not the note that she is away. */
function isReply(mail: Email): boolean {
  const automatic = header(mail, 'auto-submitted');
  if (automatic && automatic.toLowerCase() !== 'no') return false;
  if (AUTOMATIC_HEADERS.some((name) => header(mail, name))) return false;
  if (AWAY.test(mail.subject ?? '')) return false;
  if (/bulk|junk|list|auto/i.test(header(mail, 'precedence') ?? '')) return false;
  return referencesIn(`${mail.inReplyTo ?? ''} ${mail.references ?? ''}`).length > 0;
}

const header = (mail: Email, name: string): string | undefined =>
  mail.headers.find(({ key }) => key === name)?.value;

const partOf = (mail: Email, type: string | RegExp): Attachment | undefined =>
  mail.attachments.find(({ mimeType }) =>
    typeof type === 'string' ? mimeType === type : type.test(mimeType),
  );

function textOf({ content }: Attachment): string {
  if (typeof content === 'string') return content;
  return Buffer.from(content instanceof Uint8Array ? content : new Uint8Array(content)).toString();
}

/** The envelope it came to, the words, and the mail it quotes. */
function everythingIn(mail: Email): string {
  const headers = mail.headers.map(({ value }) => value).join('\n');
  const parts = mail.attachments.map(textOf);
  return [headers, mail.text ?? '', mail.html ?? '', ...parts].join('\n').slice(0, READ_CHARACTERS);
}
