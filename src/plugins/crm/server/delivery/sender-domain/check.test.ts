/** Against a DNS server of our own on this machine: what is asked is what a receiver would ask. */
import { createSocket, type Socket } from 'node:dgram';
import { promises as dns } from 'node:dns';
import { generateKeyPairSync } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checkSenderDomain, type SenderSetting } from './check';

const records = new Map<string, string[]>();
let socket: Socket;
const resolver = new dns.Resolver({ timeout: 5_000, tries: 2 });

/** TXT only: the question again, then the answers; unknown names do not exist (NXDOMAIN). */
function answer(query: Buffer): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += length + 1;
  }
  const found = records.get(labels.join('.').toLowerCase());
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(found ? 0x8580 : 0x8583, 2);
  head.writeUInt16BE(found?.length ?? 0, 6);
  head.writeUInt32BE(0, 8);
  const answers = (found ?? []).map((text) => {
    // A text of more than 255 bytes comes in pieces, as long DKIM keys do.
    const pieces = text.match(/.{1,255}/gs) ?? [''];
    const data = Buffer.concat(
      pieces.map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)])),
    );
    const fixed = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0]);
    fixed.writeUInt16BE(data.length, 10);
    return Buffer.concat([fixed, data]);
  });
  return Buffer.concat([head, query.subarray(12, at + 5), ...answers]);
}

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const der = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const dkim = {
  domainName: 'shop.example.jp',
  keySelector: 's1',
  privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const setting: SenderSetting = {
  from: 'news@shop.example.jp',
  envelope: 'bounces@shop.example.jp',
  dkim,
};

function publish(more: Record<string, string[] | null> = {}) {
  records.clear();
  const all: Record<string, string[] | null> = {
    'shop.example.jp': ['google-site-verification=x', 'v=spf1 include:_spf.example.net -all'],
    '_spf.example.net': ['v=spf1 ip4:192.0.2.0/24 -all'],
    's1._domainkey.shop.example.jp': [`v=DKIM1; k=rsa; p=${der}`],
    '_dmarc.shop.example.jp': ['v=DMARC1; p=quarantine'],
    ...more,
  };
  for (const [name, texts] of Object.entries(all)) if (texts) records.set(name, texts);
}

const findings = async (more: Partial<SenderSetting> = {}) =>
  (await checkSenderDomain(resolver, { ...setting, ...more })).findings.map(
    ({ finding, serious }) => `${serious ? 'red' : 'yellow'} ${finding}`,
  );

beforeAll(async () => {
  socket = createSocket('udp4');
  socket.on('message', (query, peer) => socket.send(answer(query), peer.port, peer.address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
});
afterAll(() => void socket.close());

describe('a sender’s domain', () => {
  it('is green when SPF, DKIM and DMARC agree', async () => {
    publish();
    expect(await findings()).toEqual([]);
  });

  it('finds what is missing', async () => {
    publish({ 'shop.example.jp': null });
    expect(await findings()).toEqual(['red spf-missing']);
    publish({ 's1._domainkey.shop.example.jp': null });
    expect(await findings()).toEqual(['red dkim-missing']);
    publish({ '_dmarc.shop.example.jp': null });
    expect(await findings()).toEqual(['red dmarc-missing']);
    publish();
    expect(await findings({ dkim: null })).toEqual(['yellow dkim-off']);
  });

  it('finds what is there and wrong', async () => {
    publish({ 'shop.example.jp': ['v=spf1 -all', 'v=spf1 mx -all'] });
    expect(await findings()).toEqual(['red spf-several']);
    for (const open of ['v=spf1 +all', 'v=spf1 mx ?all', 'v=spf1 mx']) {
      publish({ 'shop.example.jp': [open] });
      expect([open, await findings()]).toEqual([open, ['red spf-open']]);
    }
    publish({ 's1._domainkey.shop.example.jp': ['v=DKIM1; p=MIIBIjANBgkqhkiG9w0BAQEFAAOC'] });
    expect(await findings()).toEqual(['red dkim-other-key']);
    publish({ '_dmarc.shop.example.jp': ['v=DMARC1; p=none'] });
    expect(await findings()).toEqual(['yellow dmarc-none']);
  });

  it('counts what an SPF record makes others ask, includes of includes too, and ends', async () => {
    const five = 'v=spf1 a mx a:one.example a:two.example include:_more.example -all';
    publish({
      'shop.example.jp': [five],
      '_more.example': ['v=spf1 a mx ptr a:x.example mx:y.example -all'],
    });
    expect(await findings()).toEqual([]);
    publish({
      'shop.example.jp': [`${five.slice(0, -5)} exists:z.example -all`],
      '_more.example': ['v=spf1 a mx ptr a:x.example mx:y.example -all'],
    });
    expect(await findings()).toEqual(['red spf-lookups']);
    publish({ 'shop.example.jp': ['v=spf1 include:shop.example.jp -all'] });
    expect(await findings()).toEqual([]);
  });

  it('is aligned by SPF or by DKIM, relaxed or strict as DMARC says', async () => {
    publish({ 'mail.other.example': ['v=spf1 mx -all'] });
    const foreign = { envelope: 'b@mail.other.example' };
    expect(await findings(foreign)).toEqual([]);
    expect(await findings({ ...foreign, dkim: null })).toEqual([
      'yellow dkim-off',
      'red not-aligned',
    ]);
    publish({ 'bounce.shop.example.jp': ['v=spf1 mx -all'] });
    const below = { envelope: 'b@bounce.shop.example.jp', dkim: null };
    expect(await findings(below)).toEqual(['yellow dkim-off']);
    publish({
      'bounce.shop.example.jp': ['v=spf1 mx -all'],
      '_dmarc.shop.example.jp': ['v=DMARC1; p=reject; aspf=s'],
    });
    expect(await findings(below)).toEqual(['yellow dkim-off', 'red not-aligned']);
  });

  it('takes the policy of the domain above', async () => {
    publish({ '_dmarc.shop.example.jp': null, '_dmarc.example.jp': ['v=DMARC1; p=reject'] });
    expect(await findings()).toEqual([]);
  });
});
