/** A sender's domain that receivers would refuse holds advertising back, unless the house says otherwise. */
import { createSocket } from 'node:dgram';

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { startCampaignLab, type CampaignLab } from '../../support/campaign';
import { campaignSteps, codeOf, dataOf } from '../../support/campaign-steps';

let lab: CampaignLab;
/** A DNS server that knows no name at all. */
const names = createSocket('udp4');
beforeAll(async () => {
  names.on('message', (query, peer) => {
    const answer = Buffer.from(query);
    answer.writeUInt16BE(0x8583, 2);
    names.send(answer, peer.port, peer.address);
  });
  await new Promise<void>((resolve) => names.bind(0, '127.0.0.1', resolve));
  lab = await startCampaignLab({
    DNS_SERVERS: `127.0.0.1:${names.address().port}`,
    MAIL_FROM_ADDRESS: 'news@records-of-ours.jp',
  });
});
afterAll(async () => {
  await lab.stop();
  names.close();
});
beforeEach(async () => {
  await lab.clear();
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
