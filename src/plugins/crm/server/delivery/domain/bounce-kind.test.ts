import { describe, expect, it } from 'vitest';

import { bounceKind, statusIn, type BounceKind } from './bounce-kind';

const cases: readonly [BounceKind, string | null, string][] = [
  ['hard', '5.1.1', 'smtp; 550 5.1.1 <gone@example.jp>: Recipient address rejected: User unknown'],
  ['hard', null, '550 Unknown user kara@docomo.ne.jp'],
  ['hard', null, '<kara@ezweb.ne.jp>: User unknown'],
  ['hard', null, '550 Invalid recipient: <kara@softbank.ne.jp>'],
  ['hard', '5.0.0', '送信先メールアドレスが見つかりませんでした。'],
  ['hard', null, 'あて先のメールアドレスが存在しません'],
  ['hard', '5.2.1', 'The email account that you tried to reach is disabled'],
  ['hard', '5.1.2', 'Host unknown (Name server: gone.example: host not found)'],
  ['hard', '5.1.10', 'smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound'],
  ['soft', '5.2.2', 'smtp; 552 5.2.2 mailbox full'],
  ['soft', null, '550 user mailbox is full'],
  ['soft', '4.2.2', 'over quota'],
  ['soft', '4.4.7', 'delivery expired'],
  ['soft', '4.1.1', 'User unknown, try again'],
  ['soft', '5.0.0', 'undeliverable'],
  ['soft', null, '451 please come back'],
  ['soft', null, '相手のメールボックスが一杯です'],
  ['policy', '5.7.1', 'smtp; 550 5.7.1 user unknown to us: blocked by policy'],
  ['policy', '5.7.26', 'unauthenticated mail is not accepted: DMARC'],
  ['policy', null, '554 message blocked as spam'],
  ['policy', '5.3.4', 'message too big'],
  ['policy', '5.6.0', 'bad content'],
  ['policy', null, '受信者がドメイン指定受信を設定しています'],
  ['policy', null, ''],
];

describe('bounceKind', () => {
  it.each(cases)('%s: %s %s', (kind, status, text) => {
    expect(bounceKind({ status, text })).toBe(kind);
  });

  it('takes no longer for hostile text', () => {
    const started = performance.now();
    for (const text of [
      'user '.repeat(40_000),
      'mailbox is '.repeat(20_000),
      'host'.repeat(50_000),
    ])
      bounceKind({ status: null, text });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('statusIn', () => {
  it('finds a status and no version number or address', () => {
    expect(statusIn('550 5.1.1 gone')).toBe('5.1.1');
    expect(statusIn('from 5.1.1.7 by host')).toBeNull();
    expect(statusIn('Postfix 3.4.5 says no')).toBeNull();
  });
});
