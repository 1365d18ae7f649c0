/** Signatures read as a receiver reads them (RFC 6376, relaxed), by code that is not the signer's. */
import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { createSigner } from './dkim';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const sign = createSigner({
  domainName: 'shop.example.jp',
  keySelector: 's1',
  privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
});

const MAIL = [
  'From: =?UTF-8?B?57iB44Os44Kz44O844OJ?= <news@shop.example.jp>',
  'To: sato@example.jp',
  'Subject: =?UTF-8?B?5Yas44Gu5YWl6I23?=',
  'Date: Tue, 01 Dec 2026 10:00:00 +0900',
  'Message-ID: <1@shop.example.jp>',
  'List-Unsubscribe: <https://shop.example.jp/m/unsubscribe/token>',
  'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  '冬の入荷です。  ',
  '',
  '',
].join('\r\n');

function parts(raw: string) {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw
    .slice(0, end)
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line] as const);
  return { headers, body: raw.slice(end + 4) };
}

const relaxed = (line: string): string => {
  const at = line.indexOf(':');
  return `${line.slice(0, at).trim().toLowerCase()}:${line
    .slice(at + 1)
    .replace(/[ \t]+/g, ' ')
    .trim()}`;
};

const relaxedBody = (body: string): string => {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines.map((line) => `${line}\r\n`).join('');
};

function verify(raw: string): { valid: boolean; covered: string[] } {
  const { headers, body } = parts(raw);
  const [, signature = ''] = headers.find(([name]) => name === 'dkim-signature') ?? [];
  const tag = (name: string) =>
    (new RegExp(`[;:]\\s*${name}=([^;]*)`).exec(signature)?.[1] ?? '').replace(/\s+/g, '');
  const covered = tag('h').toLowerCase().split(':');
  const bodyHash = createHash('sha256').update(relaxedBody(body)).digest('base64');
  const signed = covered.flatMap((name) => {
    const found = headers.findLast(([own]) => own === name);
    return found ? [`${relaxed(found[1])}\r\n`] : [];
  });
  const bare = relaxed(signature.replace(/([;\s]b=)[^;]*/, '$1'));
  const verifier = createVerify('rsa-sha256').update(signed.join('') + bare);
  const isSigned = verifier.verify(keys.publicKey, Buffer.from(tag('b'), 'base64'));
  return { valid: isSigned && tag('bh') === bodyHash, covered };
}

describe('a DKIM signature', () => {
  it('holds, and covers both headers of RFC 8058', async () => {
    const raw = (await sign(Buffer.from(MAIL))).toString();
    const { valid, covered } = verify(raw);
    expect(valid).toBe(true);
    expect(covered).toEqual(
      expect.arrayContaining(['from', 'subject', 'list-unsubscribe', 'list-unsubscribe-post']),
    );
  });

  it('breaks with any of what it covers', async () => {
    const raw = (await sign(Buffer.from(MAIL))).toString();
    for (const [was, becomes] of [
      ['/m/unsubscribe/token', '/m/unsubscribe/other'],
      ['List-Unsubscribe=One-Click', 'List-Unsubscribe=Two-Clicks'],
      ['news@shop', 'evil@shop'],
      ['冬の入荷です', '夏の入荷です'],
    ] as const) {
      expect(raw).toContain(was);
      expect([was, verify(raw.replace(was, becomes)).valid]).toEqual([was, false]);
    }
    expect(verify(raw.replace(/冬の入荷です。 {2}/, '冬の入荷です。')).valid).toBe(true);
  });

  it('is left to the relay where no key is given', async () => {
    const raw = await createSigner(undefined)(Buffer.from(MAIL));
    expect(raw.toString()).toBe(MAIL);
  });
});
