/** Mail as the servers of the world send it back; the mail that they give back is always the same. */
export const KEY = '0f8fad5b-d9cb-469f-a165-70867728950e';
export const ABOUT = `<1z.${KEY}@shop.example>`;
const OURS = [
  'From: news@shop.example',
  'To: kara@example.jp',
  `Message-ID: ${ABOUT}`,
  'Subject: News',
  '',
  // A quoted newsletter must not be taken for what the server says.
  'Our policy on spam: your account does not exist without you. Mailbox full? Unsubscribe.',
];

export type Kind =
  'hard-bounce' | 'soft-bounce' | 'policy-bounce' | 'complaint' | 'delivered' | 'reply';

const mail = (...lines: readonly string[]) => lines.join('\r\n');

interface Head {
  readonly from?: string;
  readonly subject?: string;
  readonly headers?: readonly string[];
}

const head = ({ from, subject, headers = [] }: Head) => [
  `From: ${from ?? 'MAILER-DAEMON@mx.example.jp'}`,
  'To: bounces@shop.example',
  `Subject: ${subject ?? 'Undelivered Mail Returned to Sender'}`,
  'Message-ID: <notice@mx.example.jp>',
  'MIME-Version: 1.0',
  ...headers,
];

interface Report extends Head {
  readonly prose?: string;
  readonly action?: string;
  readonly type?: string;
}

/** RFC 3464. */
export const dsn = (status: string, diagnostic: string | null, more: Report = {}): string =>
  mail(
    ...head(more),
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    more.prose ?? 'This is the mail system at host mx.example.jp.',
    '--b',
    `Content-Type: ${more.type ?? 'message/delivery-status'}`,
    '',
    'Reporting-MTA: dns; mx.example.jp',
    '',
    'Final-Recipient: rfc822; kara@example.jp',
    `Action: ${more.action ?? 'failed'}`,
    `Status: ${status}`,
    ...(diagnostic === null ? [] : [`Diagnostic-Code: ${diagnostic}`]),
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    ...OURS,
    '--b--',
    '',
  );

/** No report, only words, with our mail below them. */
export const words = (
  text: string,
  more: Head = {},
  quotedBy = '--- Below this line is a copy',
): string =>
  mail(
    ...head(more),
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '',
    quotedBy,
    '',
    'Return-Path: <bounces@shop.example>',
    'Received-SPF: pass',
    ...OURS,
    '',
  );

/** Words and our mail beside them, no report. */
export const mixed = (text: string, more: Head): string =>
  mail(
    ...head(more),
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '--b',
    'Content-Type: message/rfc822',
    '',
    ...OURS,
    '--b--',
    '',
  );

export const qmail = (reason: string) =>
  words(
    `Hi. This is the qmail-send program at mx.example.jp.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<kara@example.jp>:\n${reason}`,
    { subject: 'failure notice' },
  );

export const exim = (reason: string) =>
  words(
    `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  kara@example.jp\n    ${reason}`,
    {
      subject: 'Mail delivery failed: returning message to sender',
      headers: ['X-Failed-Recipients: kara@example.jp', 'Auto-Submitted: auto-replied'],
    },
    '------ This is a copy of the message, including all the headers. ------',
  );

export const gmail = (reason: string) =>
  words(
    `Delivery to the following recipient failed permanently:\n\n     kara@example.jp\n\nTechnical details of permanent failure:\n${reason}`,
    { from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>' },
    '----- Original message -----',
  );

const au: Head = {
  from: 'Mail Administrator <Postmaster@ezweb.ne.jp>',
  subject: 'Mail System Error - Returned Mail',
};
export const ezweb = (prose: string) => dsn('5.0.0', null, { ...au, prose });

export const arf = (...fields: readonly string[]) =>
  mail(
    ...head({ from: 'fbl@isp.example', subject: 'FW: News' }),
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
    '',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    ...fields,
    'User-Agent: Example-FBL/1.0',
    'Version: 1',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    ...OURS,
    '--b--',
    '',
  );

export const person = (subject: string, headers: readonly string[] = []) =>
  mail(
    ...head({ from: 'kara@example.jp', subject, headers: [`In-Reply-To: ${ABOUT}`, ...headers] }),
    '',
    'I could not read your mail before Monday.',
  );

/** RFC 8098: she has opened it. */
export const readReceipt = (): string =>
  mail(
    ...head({ from: 'kara@example.jp', subject: '開封済み: News' }),
    `In-Reply-To: ${ABOUT}`,
    'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"',
    '',
    '--b',
    'Content-Type: message/disposition-notification',
    '',
    'Final-Recipient: rfc822; kara@example.jp',
    'Disposition: manual-action/MDN-sent-manually; displayed',
    '',
    '--b--',
    '',
  );
