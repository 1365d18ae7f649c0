import { describe, expect, it } from 'vitest';

import {
  carrierNotice,
  complaintNotice,
  statusNotice,
} from '../../../../../../../tests/support/notices';

import { readNotice } from './read-notice';

const KEY = '0f8fad5b-d9cb-469f-a165-70867728950e';
const about = `<1z.${KEY}@shop.example>`;
const reference = { id: 71, retryKey: KEY };
const options = { to: 'bounces@shop.example', address: 'kara@example.jp', about };
const read = (source: string | Buffer) => readNotice(Buffer.from(source));

describe('readNotice', () => {
  it('reads a delivery status: hard, soft, policy', async () => {
    const kinds = [
      [{ status: '5.1.1', diagnostic: '550 5.1.1 User unknown' }, 'hard-bounce'],
      [{ status: '5.2.2', diagnostic: '552 5.2.2 Mailbox full' }, 'soft-bounce'],
      [{ status: '4.4.7', diagnostic: 'expired' }, 'soft-bounce'],
      [{ status: '5.7.1', diagnostic: '550 5.7.1 blocked' }, 'policy-bounce'],
    ] as const;
    for (const [told, kind] of kinds) {
      const [report] = await read(statusNotice(options, told));
      expect(report).toMatchObject({ kind, references: [reference], address: options.address });
    }
  });

  it('waits while a server still tries', async () => {
    const delayed = { status: '4.4.1', action: 'delayed', diagnostic: 'connection timed out' };
    expect(await read(statusNotice(options, delayed))).toEqual([]);
  });

  it('reads a complaint, and no praise', async () => {
    expect(await read(complaintNotice(options))).toMatchObject([
      { kind: 'complaint', references: [reference] },
    ]);
    expect(await read(complaintNotice(options, 'not-spam'))).toEqual([]);
  });

  it('reads a carrier in ISO-2022-JP that names the mail by its envelope only', async () => {
    const to = `bounces+1z.${KEY}@shop.example`;
    const words =
      '次のあて先へのメッセージはエラーのため送信できませんでした。\r\n送信先メールアドレスが見つかりません。\r\n<kara@docomo.ne.jp>';
    const [report] = await read(carrierNotice({ ...options, to, about: undefined }, words));
    expect(report).toMatchObject({ kind: 'hard-bounce', references: [reference] });
    expect(report?.detail).toContain('送信先メールアドレスが見つかりません');
    const full = await read(
      carrierNotice({ ...options, to }, '相手のメールボックスの容量が一杯です。'),
    );
    expect(full).toMatchObject([{ kind: 'soft-bounce' }]);
  });

  it('tells a person who answers from a note that nobody is there', async () => {
    const answer = (more: string) =>
      read(
        `From: hanako@example.jp\r\nSubject: Re: \r\nMessage-ID: <x@y>\r\nIn-Reply-To: ${about}\r\n${more}\r\nhello`,
      );
    expect(await answer('')).toMatchObject([{ kind: 'reply', references: [reference] }]);
    for (const more of [
      'Auto-Submitted: auto-replied\r\n',
      'Precedence: bulk\r\n',
      'X-Autoreply: yes\r\n',
    ]) {
      expect(await answer(more)).toEqual([]);
    }
  });

  it('reports nothing of what is no notice, and survives what is no mail', async () => {
    const newsletter = 'From: shop@other.example\r\nSubject: Sale\r\n\r\nBuy';
    for (const source of [newsletter, '', '\0\0\0', 'x'.repeat(300_000), '--\r\n--b\r\n']) {
      expect(await read(source)).toEqual([]);
    }
  });

  it('gives the same mail the same number, read again', async () => {
    const told = { status: '5.1.1', diagnostic: 'gone' };
    const [first] = await read(statusNotice(options, told));
    const [again] = await read(statusNotice(options, told));
    expect(again?.eventId).toBe(first?.eventId);
  });
});
