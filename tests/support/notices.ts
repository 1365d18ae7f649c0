/** Mails as other servers send them back: RFC 3464, RFC 5965 and what carriers write instead. */
import iconv from 'encoding-japanese';

export interface NoticeOptions {
  /** Where it came back to: `bounces+…@…` with VERP. */
  readonly to: string;
  readonly address: string;
  /** Message-ID of the mail it is about; left out by servers that quote nothing. */
  readonly about?: string;
  readonly id?: string;
}

const lines = (...rows: string[]) => rows.join('\r\n');

const quoted = ({ about, address }: NoticeOptions) =>
  lines(
    'Content-Type: message/rfc822',
    '',
    'From: news@enishi-records.example',
    `To: ${address}`,
    ...(about ? [`Message-ID: ${about}`] : []),
    'Subject: =?utf-8?B?5Yas44Gu5YWl6I23?=',
    '',
    'body',
  );

export function statusNotice(
  options: NoticeOptions,
  {
    status,
    action = 'failed',
    diagnostic,
  }: { status: string; action?: string; diagnostic: string },
): string {
  return lines(
    'From: Mail Delivery System <MAILER-DAEMON@mx.example.jp>',
    `To: ${options.to}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <${options.id ?? `${status}.${Math.abs(diagnostic.length)}`}@mx.example.jp>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is the mail system at host mx.example.jp.',
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.jp',
    '',
    `Final-Recipient: rfc822; ${options.address}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${diagnostic}`,
    '',
    '--b1',
    quoted(options),
    '--b1--',
    '',
  );
}

export function complaintNotice(options: NoticeOptions, type = 'abuse'): string {
  return lines(
    'From: <abuse@isp.example>',
    `To: ${options.to}`,
    'Subject: Complaint about message',
    `Message-ID: <${options.id ?? 'arf-1'}@isp.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b2"',
    '',
    '--b2',
    'Content-Type: text/plain',
    '',
    'This is an email abuse report.',
    '--b2',
    'Content-Type: message/feedback-report',
    '',
    `Feedback-Type: ${type}`,
    'User-Agent: SomeGenerator/1.0',
    `Original-Rcpt-To: <${options.address}>`,
    '',
    '--b2',
    quoted(options),
    '--b2--',
    '',
  );
}

/** Prose in ISO-2022-JP, without the mail it is about: only the envelope tells. */
export function carrierNotice(options: NoticeOptions, words: string): Buffer {
  const head = lines(
    'Return-Path: <>',
    'From: Postmaster@docomo.ne.jp',
    `To: ${options.to}`,
    `Subject: =?ISO-2022-JP?B?${jis('メール送信エラー通知').toString('base64')}?=`,
    `Message-ID: <${options.id ?? 'carrier-1'}@docomo.ne.jp>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=ISO-2022-JP',
    'Content-Transfer-Encoding: 7bit',
    '',
    '',
  );
  return Buffer.concat([Buffer.from(head), jis(words), Buffer.from('\r\n')]);
}

const jis = (text: string): Buffer =>
  Buffer.from(iconv.convert(iconv.stringToCode(text), { to: 'JIS', from: 'UNICODE' }));
