/** A sender's domain that receivers would refuse holds advertising back, unless the house says otherwise. */
import { generateKeyPairSync } from 'node:crypto';
import { createSocket } from 'node:dgram';

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { startCampaignLab, type CampaignLab } from '../../support/campaign';
import { campaignSteps, codeOf, dataOf } from '../../support/campaign-steps';

let lab: CampaignLab;
/** A DNS server that knows these TXT records, and at first no name at all. */
const names = createSocket('udp4');
const records = new Map<string, string>();

/** The question again, then the answer; unknown names do not exist (NXDOMAIN). */
function answerTo(query: Buffer): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += length + 1;
  }
  const text = records.get(labels.join('.').toLowerCase());
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(text === undefined ? 0x8583 : 0x8580, 2);
  head.writeUInt16BE(text === undefined ? 0 : 1, 6);
  head.writeUInt32BE(0, 8);
  const question = query.subarray(12, at + 5);
  if (text === undefined) return Buffer.concat([head, question]);
  // A text of more than 255 bytes comes in pieces, as a DKIM key does.
  const pieces = text.match(/.{1,255}/gs) ?? [];
  const data = Buffer.concat(
    pieces.flatMap((piece) => [Buffer.from([piece.length]), Buffer.from(piece)]),
  );
  const fixed = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0]);
  fixed.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, question, fixed, data]);
}

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
/** In order: the envelope of another house, and a signature of our own that stands for us. */
const inOrder = {
  'bounces-of-theirs.jp': 'v=spf1 ip4:192.0.2.0/24 -all',
  's1._domainkey.records-of-ours.jp': `v=DKIM1; k=rsa; p=${publicKey}`,
  '_dmarc.records-of-ours.jp': 'v=DMARC1; p=quarantine',
};
const publish = (more: Readonly<Record<string, string | null>> = {}) => {
  records.clear();
  for (const [name, text] of Object.entries({ ...inOrder, ...more })) {
    if (text !== null) records.set(name, text);
  }
};
beforeAll(async () => {
  names.on('message', (query, peer) => {
    names.send(answerTo(query), peer.port, peer.address);
  });
  await new Promise<void>((resolve) => names.bind(0, '127.0.0.1', resolve));
  lab = await startCampaignLab({
    DNS_SERVERS: `127.0.0.1:${names.address().port}`,
    MAIL_FROM_ADDRESS: 'news@records-of-ours.jp',
    MAIL_RETURN_PATH: 'b@bounces-of-theirs.jp',
    DKIM_DOMAIN: 'records-of-ours.jp',
    DKIM_SELECTOR: 's1',
    DKIM_PRIVATE_KEY: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
});
afterAll(async () => {
  await lab.stop();
  names.close();
});
beforeEach(async () => {
  await lab.clear();
  records.clear();
  await lab.db()('crm_sending_rules').delete();
});

const { tick, rules, people } = campaignSteps(() => lab);
const send = (id: string) => lab.admin.post(`/crm/campaigns/${id}/send`, {});

it('where nobody has set any rule yet', async () => {
  await people(1);
  expect(dataOf(await lab.admin.get('/crm/sending-rules'))).toMatchObject({
    requireAlignment: true,
  });
  expect(dataOf(await lab.admin.get('/crm/sender-domain'))).toMatchObject({
    spf: null,
    dmarc: null,
    findings: expect.arrayContaining([{ finding: 'spf-missing', serious: true }]) as unknown,
  });
  expect(codeOf(await send(await lab.createCampaign()))).toBe('delivery.domain-red');
  await tick();
  expect(lab.smtp.mails).toHaveLength(0);
});

it('on mail alone, and until the house wants it otherwise', async () => {
  await people(1);
  await rules({ requireAlignment: true });
  const id = await lab.createCampaign();
  expect(codeOf(await send(id))).toBe('delivery.domain-red');
  const other = await lab.createCampaign({ channels: ['memory'] });
  expect((await send(other)).status).toBe(200);
  await tick();
  expect(lab.smtp.mails).toHaveLength(0);
  await rules({});
  expect((await send(id)).status).toBe(200);
  await tick();
  expect(lab.smtp.mails).toHaveLength(1);
});

it('and lets go what stands for the house, signed, where the rule is on', async () => {
  publish();
  await people(1);
  await rules({ requireAlignment: true });
  expect(dataOf(await lab.admin.get('/crm/sender-domain'))).toMatchObject({
    dkim: inOrder['s1._domainkey.records-of-ours.jp'],
    findings: [],
  });
  expect((await send(await lab.createCampaign())).status).toBe(200);
  await tick();
  expect(lab.smtp.mails).toHaveLength(1);
  expect(lab.smtp.mails[0]?.raw).toMatch(/^DKIM-Signature: .*d=records-of-ours\.jp/m);
});

it.each([
  ['an envelope that anybody may use', { 'bounces-of-theirs.jp': 'v=spf1 +all' }, 'spf-open'],
  [
    'a key that is not the one it is signed with',
    { 's1._domainkey.records-of-ours.jp': 'v=DKIM1; k=rsa; p=AAAA' },
    'dkim-other-key',
  ],
  [
    // The envelope passes and is another house's; the key that would stand for us is not there.
    'nothing that stands for the sender',
    { 's1._domainkey.records-of-ours.jp': null },
    'not-aligned',
  ],
  ['no policy', { '_dmarc.records-of-ours.jp': null }, 'dmarc-missing'],
])('but not with %s', async (_name, more, finding) => {
  publish(more);
  await people(1);
  await rules({ requireAlignment: true });
  expect(dataOf(await lab.admin.get('/crm/sender-domain'))).toMatchObject({
    findings: expect.arrayContaining([{ finding, serious: true }]) as unknown,
  });
  const id = await lab.createCampaign();
  expect(codeOf(await send(id))).toBe('delivery.domain-red');
  await tick();
  expect(lab.smtp.mails).toHaveLength(0);
  publish();
  expect((await send(id)).status).toBe(200);
  await tick();
  expect(lab.smtp.mails).toHaveLength(1);
});
