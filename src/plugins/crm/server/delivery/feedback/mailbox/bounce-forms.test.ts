/**
 * How the servers of the world send mail back, one form a line: what it is taken for. The words are
 * those that the servers use, the addresses are made up.
 */
import { describe, expect, it } from 'vitest';

import {
  arf,
  dsn,
  exim,
  ezweb,
  gmail,
  KEY,
  mixed,
  person,
  qmail,
  readReceipt,
  words,
  type Kind,
} from '../../../../../../../tests/support/bounces';

import { readNotice } from './read-notice';

type Row = readonly [Kind | null, string, string];

const cells = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' | '));

/** RFC 3464: kind, what it is, status, diagnostic. */
const REPORTS = `
  hard-bounce | Postfix: no such user | 5.1.1 | smtp; 550 5.1.1 <kara@example.jp>: Recipient address rejected: User unknown in local recipient table
  hard-bounce | Postfix: no such domain | 5.4.4 | X-Postfix; Host or domain name not found. Name service error for name=gone.example type=A: Host not found
  hard-bounce | Postfix: relocated | 5.1.6 | X-Postfix; user has moved to elsewhere@example.jp
  soft-bounce | Postfix: gave up connecting | 4.4.1 | X-Postfix; connect to mx.example.jp[192.0.2.1]:25: Connection timed out
  soft-bounce | Postfix: full | 5.2.2 | smtp; 552 5.2.2 <kara@example.jp>: Quota exceeded (mailbox for user is full)
  policy-bounce | Postfix: we are on a list | 5.7.1 | smtp; 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example; see https://www.example.org/query/192.0.2.1
  policy-bounce | Postfix: too large | 5.3.4 | smtp; 552 5.3.4 Message size exceeds fixed limit
  hard-bounce | Sendmail: no such host | 5.1.2 | SMTP; 550 5.1.2 <kara@gone.example>... Host unknown (Name server: gone.example: host not found)
  soft-bounce | Sendmail: full, as 4xx | 4.2.2 | SMTP; 452 4.2.2 <kara@example.jp>... Mailbox full
  hard-bounce | Exchange Online: no such recipient | 5.1.10 | smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient kara@example.jp not found by SMTP address lookup
  hard-bounce | Exchange Online: directory based | 5.4.1 | smtp;550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [EX.outlook.example]
  soft-bounce | Exchange Online: full | 5.2.2 | smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded
  soft-bounce | Exchange Online: a loop | 5.4.14 | smtp;554 5.4.14 Hop count exceeded - possible mail loop ATTR34
  policy-bounce | Exchange Online: not for outsiders | 5.7.133 | smtp;550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required
  policy-bounce | Exchange Online: banned | 5.7.606 | smtp;550 5.7.606 Access denied, banned sending IP [192.0.2.1]
  hard-bounce | Outlook.com: mailbox unavailable | 5.5.0 | smtp;550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).
  soft-bounce | a server that is busy for now | 4.0.0 | smtp; 450 Requested action not taken: mailbox unavailable
  policy-bounce | Outlook.com: our network | 5.7.1 | smtp;550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).
  hard-bounce | Gmail: no such account | 5.1.1 | smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the recipient's email address for typos or 550 5.1.1 unnecessary spaces. - gsmtp
  hard-bounce | Gmail: disabled | 5.2.1 | smtp; 550-5.2.1 The email account that you tried to reach is disabled. - gsmtp
  hard-bounce | Gmail: inactive | 5.2.1 | smtp; 550 5.2.1 The email account that you tried to reach is inactive. - gsmtp
  soft-bounce | Gmail: over quota | 4.2.2 | smtp; 452-4.2.2 The email account that you tried to reach is over quota. - gsmtp
  soft-bounce | Gmail: out of storage | 5.2.2 | smtp; 552-5.2.2 The recipient's inbox is out of storage space. - gsmtp
  policy-bounce | Gmail: unauthenticated | 5.7.26 | smtp; 550-5.7.26 This mail has been blocked because the sender is unauthenticated. - gsmtp
  soft-bounce | Gmail: too fast | 4.7.28 | smtp; 421-4.7.28 Gmail has detected an unusual rate of unsolicited mail. - gsmtp
  hard-bounce | iCloud: no such user | 5.1.1 | smtp; 550 5.1.1 <kara@icloud.example>: user does not exist
  soft-bounce | iCloud: full | 5.2.2 | smtp; 552 5.2.2 <kara@icloud.example>: user is over quota
  hard-bounce | Yahoo! JAPAN: no account | 5.0.0 | smtp; 554 delivery error: dd This user doesn't have a yahoo.co.jp account (kara@yahoo.co.jp) [-9] - mta001.example
  hard-bounce | Yahoo! JAPAN: closed | 5.0.0 | smtp; 554 delivery error: dd Sorry your message to kara@yahoo.co.jp cannot be delivered. This account has been disabled or discontinued [#102].
  soft-bounce | Yahoo! JAPAN: full | 5.0.0 | smtp; 554 delivery error: dd Requested mail action aborted: exceeded storage allocation
  soft-bounce | Yahoo! JAPAN: later | 4.7.0 | smtp; 421 4.7.0 [TS01] Messages from 192.0.2.1 temporarily deferred
  policy-bounce | Yahoo: for good | 5.7.2 | smtp; 553 5.7.2 [TSS09] All messages from 192.0.2.1 will be permanently deferred
  hard-bounce | docomo: no such address | 5.1.1 | SMTP; 550 Unknown user kara@docomo.ne.jp
  policy-bounce | docomo by Sendmail: her filter | 5.2.0 | SMTP; 550 Unknown user kara@docomo.ne.jp
  soft-bounce | docomo: full | 5.2.2 | smtp; 552 too much mail data
  hard-bounce | SoftBank: no such address | 5.0.0 | smtp; 550 Invalid recipient: <kara@softbank.ne.jp>
  soft-bounce | SoftBank: full | 5.2.2 | smtp; 552 Mailbox full: <kara@i.softbank.jp>
  policy-bounce | SoftBank: her filter | 5.7.0 | smtp; 550 5.7.0 Message rejected by recipient
  policy-bounce | Mimecast | 5.0.0 | smtp; 550 Rejected by header based manually Blocked Senders
  policy-bounce | a filter in Japanese | 5.0.0 | smtp; 550 指定受信の設定により受け取れません
`;

/** No report, or one that says nothing: kind, form, what it is, the words; a slash ends a line. */
const PROSE = `
  hard-bounce | exim | Exim: unrouteable | Unrouteable address
  hard-bounce | exim | Exim: no such user | host mx.example.jp [192.0.2.1]: 550 5.1.1 No such user here
  hard-bounce | exim | Exim: all relevant MX records point to non-existent hosts | all relevant MX records point to non-existent hosts
  soft-bounce | exim | Exim: greylisted to the end | host mx.example.jp [192.0.2.1]: 451 4.7.1 Greylisted, please try again: retry timeout exceeded
  soft-bounce | exim | Exim: full | mailbox is full: retry timeout exceeded
  policy-bounce | exim | Exim: content | SMTP error from remote mail server after end of data: / host mx.example.jp [192.0.2.20]: 554 5.7.0 Header error
  hard-bounce | qmail | qmail: no mailbox | Sorry, no mailbox here by that name. (#5.1.1)
  hard-bounce | qmail | qmail: vpopmail | sorry, no mailbox here by that name. vpopmail (#5.1.1)
  hard-bounce | qmail | qmail: no host | Sorry, I couldn't find any host named gone.example. (#5.1.2)
  hard-bounce | qmail | qmail: remote, without a status | 192.0.2.1 does not like recipient. / Remote host said: 550 sorry, no such user / Giving up on 192.0.2.1.
  soft-bounce | qmail | qmail: full, remote | 192.0.2.1 does not like recipient. / Remote host said: 450 4.2.2 <kara@example.jp>... Mailbox Full / Giving up on 192.0.2.1. / I'm not going to try again; this message has been in the queue too long.
  soft-bounce | qmail | qmail: nobody answers | Sorry, I wasn't able to establish an SMTP connection. (#4.4.1) / I'm not going to try again; this message has been in the queue too long.
  soft-bounce | qmail | qmail: over quota | Recipient is over quota. (#5.2.2)
  policy-bounce | qmail | qmail: refused for itself | Connected to 192.0.2.1 but sender was rejected. / Remote host said: 550 5.7.1 Access denied
  hard-bounce | gmail | Gmail, the old form | Google tried to deliver your message, but it was rejected by the recipient domain. The error that the other server returned was: 550 550 5.1.1 user unknown (UserSearch) (state 14).
  hard-bounce | gmail | Gmail, the old form: no domain | DNS Error: Domain name not found
  hard-bounce | ezweb | au: no such address | 次のあて先へのメッセージはエラーのため送信できませんでした。 / 送信先メールアドレスが見つかりませんでした。 / メールアドレスをご確認の上、再送信してください。 / The user(s) account is disabled. / <kara@ezweb.ne.jp>: 550 user unknown (in reply to RCPT TO command)
  hard-bounce | ezweb | au: refused by another server | Each of the following recipients was rejected by a remote mail server. / Recipient: <kara@ezweb.ne.jp> / >>> RCPT TO:<kara@ezweb.ne.jp> / <<< 550 <kara@ezweb.ne.jp>: User unknown
  soft-bounce | ezweb | au: limited for now | The user(s) account is temporarily limited. / <kara@ezweb.ne.jp>
  soft-bounce | ezweb | au: full | The user(s) account is temporarily over quota. / <kara@ezweb.ne.jp>
  soft-bounce | ezweb | au: gave up | Your message was not delivered within 0 days and 1 hours. / Remote host is not responding. / <kara@ezweb.ne.jp>
`;

const FORMS: Readonly<Record<string, (text: string) => string>> = { exim, ezweb, gmail, qmail };

const ROWS: readonly Row[] = [
  [
    null,
    'Postfix: goes on trying',
    dsn('4.4.1', 'X-Postfix; connection refused', { action: 'delayed' }),
  ],
  ['delivered', 'Postfix: has arrived', dsn('2.0.0', 'smtp; 250 ok', { action: 'delivered' })],
  [null, 'Postfix: passed on', dsn('2.0.0', 'smtp; 250 ok', { action: 'relayed' })],
  [
    'hard-bounce',
    'Postfix: SMTPUTF8',
    dsn('5.1.1', 'smtp; 550 5.1.1 no such user', { type: 'message/global-delivery-status' }),
  ],
  [
    'hard-bounce',
    'Sendmail: no such user',
    dsn('5.1.1', 'SMTP; 550 5.1.1 <kara@example.jp>... User unknown', {
      subject: 'Returned mail: see transcript for details',
    }),
  ],
  [
    'soft-bounce',
    'Sendmail: five days',
    dsn('4.4.7', 'SMTP; 451 4.4.1 reply: read error', {
      subject: 'Returned mail: Cannot send message for 5 days',
    }),
  ],
  [
    'hard-bounce',
    'Exchange 5.5',
    words(
      'Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) could not be reached:\n\n      kara@example.jp on 4/29/01 11:34:45 PM\n            Recipient Not Found\n            MSEXCH:IMC:EX',
      { from: 'System Administrator <postmaster@example.jp>', subject: 'Undeliverable: News' },
    ),
  ],
  [
    'hard-bounce',
    'Exchange 2007',
    dsn('5.1.1', 'smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found', {
      from: 'postmaster@example.jp',
      subject: 'Undeliverable: News',
    }),
  ],
  [
    'hard-bounce',
    'Amazon SES',
    dsn('5.1.1', 'smtp; 550 5.1.1 user unknown', {
      from: 'MAILER-DAEMON@amazonses.com',
      subject: 'Delivery Status Notification (Failure)',
    }),
  ],
  [
    'hard-bounce',
    'Amazon SES: its own list',
    dsn(
      '5.1.1',
      'Amazon SES did not send the message to this address because it is on the suppression list for your account.',
      { from: 'MAILER-DAEMON@amazonses.com' },
    ),
  ],
  [
    'soft-bounce',
    'Amazon SES: gave up',
    dsn('4.4.7', 'smtp; 550 4.4.7 Message expired: unable to deliver in 840 minutes.', {
      from: 'MAILER-DAEMON@amazonses.com',
    }),
  ],
  [
    'hard-bounce',
    'docomo by Postfix: refused at RCPT',
    dsn('5.0.0', 'smtp; 550 Unknown user kara@docomo.ne.jp', {
      prose:
        '<kara@docomo.ne.jp>: host mfsmax.docomo.ne.jp[192.0.2.240] said: 550 Unknown user kara@docomo.ne.jp (in reply to RCPT TO command)',
    }),
  ],
  [
    'policy-bounce',
    'docomo by Postfix: her filter, said after the mail',
    dsn('5.0.0', 'smtp; 550 Unknown user kara@docomo.ne.jp', {
      prose:
        '<kara@docomo.ne.jp>: host mfsmax.docomo.ne.jp[192.0.2.240] said: 550 Unknown user kara@docomo.ne.jp (in reply to end of DATA command)',
    }),
  ],
  [
    'soft-bounce',
    'au one net: full',
    mixed(
      '送信先のメールボックスが一杯のため、送信できませんでした。\n\n※本メールはau one netのメールシステムより配信しております。\n\nYour mail sent on: Thu, 29 Apr 2032 23:45:22 +0900\n     Could not be delivered to: <kara@dion.example>\n     As their mailbox is full.',
      { from: 'no-reply@a.dion.example', subject: 'メールエラー通知' },
    ),
  ],
  [
    'soft-bounce',
    'au one net, without a word in the subject',
    mixed(
      'Your mail sent on: Thu, 29 Apr 2032 00:00:00 +0900\n     Could not be delivered to: <kara@dion.example>\n     As their mailbox is full.',
      { from: 'other@a.dion.example', subject: 'Mail', headers: ['Return-Path: <>'] },
    ),
  ],
  [
    'soft-bounce',
    'BIGLOBE: full',
    mixed(
      "   ----- The following addresses had delivery problems -----\nkara@biglobe.example\n\n   ----- Non-delivered information -----\nThe number of messages in recipient's mailbox exceeded the local limit.",
      { from: 'postmaster@biglobe.example', subject: 'Returned mail: Service unavailable' },
    ),
  ],
  [
    'hard-bounce',
    'Courier',
    dsn('5.1.1', 'smtp; 550 User unknown.', {
      from: '"Courier mail server at mx.example.jp" <@>',
      subject: 'NOTICE: mail delivery status.',
    }),
  ],
  [
    'hard-bounce',
    'Domino',
    dsn('5.0.0', 'X-Notes; User kara (kara@example.jp) not listed in Domino Directory', {
      subject: 'DELIVERY FAILURE: User kara (kara@example.jp) not listed in Domino Directory',
    }),
  ],
  ['complaint', 'ARF: abuse', arf('Feedback-Type: abuse', 'Original-Rcpt-To: kara@example.jp')],
  ['complaint', 'ARF: without the recipient', arf('Feedback-Type: abuse')],
  [null, 'ARF: not spam', arf('Feedback-Type: not-spam')],
  [null, 'ARF: a DMARC failure report', arf('Feedback-Type: auth-failure', 'Auth-Failure: dmarc')],
  ['reply', 'a person who answers', person('Re: News')],
  [null, 'vacation: RFC 3834', person('Re: News', ['Auto-Submitted: auto-replied'])],
  [null, 'vacation: Exchange', person('Automatic reply: News', ['X-Auto-Response-Suppress: All'])],
  [null, 'vacation: told by its subject alone', person('Out of Office: News')],
  [null, 'vacation: in Japanese', person('自動応答: News')],
  [
    null,
    'vacation: with an empty envelope',
    person('Re: News', ['Return-Path: <>', 'Precedence: bulk']),
  ],
  [null, 'a read receipt', readReceipt()],
];

const reports = cells(REPORTS).map(([kind, name = '', status = '', diagnostic = '']) => [
  kind as Kind,
  name,
  dsn(status, diagnostic),
]) as readonly Row[];

const prose = cells(PROSE).map(([kind, form = '', name = '', text = '']) => [
  kind as Kind,
  name,
  FORMS[form]?.(text.replaceAll(' / ', '\n')) ?? '',
]) as readonly Row[];

describe('mail that comes back', () => {
  it.each([...reports, ...prose, ...ROWS])('%s: %s', async (kind, _name, source) => {
    const found = await readNotice(Buffer.from(source));
    expect(found.map((report) => report.kind)).toEqual(kind === null ? [] : [kind]);
    for (const { references } of found) expect(references).toEqual([{ id: 71, retryKey: KEY }]);
  });
});
