/** One entry by mail, LINE and SMS: the same gate, one cap over all, the channel she answers on. */
// One file beyond 300 lines: every case needs the same house (Strapi, mail, LINE, SMS gateway), and a file is a boot.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  createArticle,
  deliveryModule,
  paragraph,
  type AdminAnswerBody as Answer,
} from '../../support/campaign';
import { kernel } from '../../support/crm';
import { SMS_ACCOUNT, startFakeSms, type FakeSms } from '../../support/fake-sms';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { startLineLab, type LineLab } from '../line/campaign-lab';

const YEN = { sms: 12, line: 3 };

let lab: LineLab;
let smtp: FakeSmtp;
let sms: FakeSms;
beforeAll(async () => {
  [smtp, sms] = await Promise.all([startFakeSmtp(), startFakeSms()]);
  lab = await startLineLab({
    SMTP_PORT: String(smtp.port),
    SMS_API_ORIGIN: `http://127.0.0.1:${sms.port}`,
    SMS_ACCOUNT_SID: SMS_ACCOUNT.sid,
    SMS_AUTH_TOKEN: SMS_ACCOUNT.token,
    SMS_FROM: 'Enishi',
    SMS_PRICE_PER_PART: String(YEN.sms),
    LINE_PRICE_PER_MESSAGE: String(YEN.line),
  });
});
afterAll(async () => {
  await lab.world.stop();
  await smtp.stop();
  await sms.stop();
  // Later files of this process have no gateway.
  for (const name of Object.keys(process.env))
    if (name.startsWith('SMS_')) delete process.env[name];
  delete process.env.LINE_PRICE_PER_MESSAGE;
});
beforeEach(async () => {
  await lab.clear();
  smtp.clear();
  sms.messages.length = 0;
  sms.fault = undefined;
  for (const table of ['crm_sending_rules', 'crm_suppressions']) await db()(table).delete();
});

const strapi = () => lab.world.app.strapi;
const db = () => strapi().db.connection;
const ALL = ['line', 'email', 'sms'];
const PHONE = '+819012345678';

/** A friend with an address and a number, who agreed to every channel. */
async function reachable(more: object = {}): Promise<{ id: number; userId: string }> {
  const [userId = ''] = await lab.friends(1, {
    family_name: '佐藤',
    email: 'sato@example.jp',
    phone: PHONE,
    ...more,
  });
  const { id } = (await db()('crm_customers').where({ document_id: userId }).first('id')) as {
    id: number;
  };
  await db()('crm_consent_states').insert(
    ['email', 'sms'].map((channel) => ({
      customer_id: id,
      purpose: 'marketing',
      channel,
      granted: true,
      changed_at: Date.now(),
    })),
  );
  return { id, userId };
}

async function send(more: object = {}, blocks?: readonly object[]): Promise<string> {
  const article = await createArticle(lab.world.app, blocks ? { blocks } : {});
  const id = await lab.createCampaign(article, { channels: ALL, channelRule: 'all', ...more });
  const sent = await lab.send(id);
  expect(sent.status, JSON.stringify(sent.body)).toBe(200);
  await lab.drain();
  return id;
}

/** How each row of the newest campaign ended. */
async function ends(): Promise<Record<string, string>> {
  const rows: { channel: string; status: string; guard_reason: string | null }[] = await db()(
    'crm_messages',
  )
    .where('campaign_id', db()('crm_messages').max('campaign_id'))
    .select('channel', 'status', 'guard_reason');
  return Object.fromEntries(rows.map((row) => [row.channel, row.guard_reason ?? row.status]));
}

const pushed = async () => JSON.stringify((await lab.calls('push')).map(({ body }) => body));
const mailed = async () => {
  const mail = await smtp.mails.at(-1)?.parse();
  return `${mail?.subject} ${mail?.html} ${mail?.text}`;
};

describe('one entry on every channel', () => {
  const blocks = [
    paragraph('{{ customer.familyName }}様、入荷のお知らせです。'),
    paragraph('会員の方だけの先行予約', { type: 'members' }),
    { __component: 'blocks.button', label: '商品を見る', url: '/products/winter' },
  ];

  it('says the same to the same person, by the same gate', async () => {
    await reachable();
    await send({}, blocks);
    const open = [await mailed(), await pushed(), sms.messages[0]?.body ?? ''];
    for (const words of open) {
      expect(words).toContain('佐藤様、入荷のお知らせです。');
      expect(words).toMatch(/\/r\/[\w.-]+/);
      expect(words).not.toContain('先行予約');
    }
    await lab.clear();
    smtp.clear();
    sms.messages.length = 0;
    const { userId } = await reachable();
    await lab.registered(userId);
    await send({}, blocks);
    for (const words of [await mailed(), await pushed(), sms.messages[0]?.body ?? '']) {
      expect(words).toContain('先行予約');
    }
  });

  it('tells by SMS who writes and how to stop it, in few lines', async () => {
    await reachable();
    await send({ channels: ['sms'] }, blocks);
    expect(sms.messages).toEqual([
      { to: PHONE, from: 'Enishi', body: expect.stringMatching(/^【[^】]+】\n/) as string },
    ]);
    const body = sms.messages[0]?.body ?? '';
    expect(body).not.toContain('\n\n');
    const [stop = ''] = /https?:\S+\/m\/unsubscribe\/\S+/.exec(body) ?? [];
    const { pathname } = new URL(stop);
    const page = await fetch(`${lab.world.app.origin}${pathname}`);
    expect(page.status).toBe(200);
  });

  it('names in its report the links of its own channels alone', async () => {
    await reachable();
    const replies = {
      __component: 'crm.quick-replies',
      items: [{ label: '特集', action: 'uri', url: '/articles/jazz' }],
    };
    const linksOf = async (channels: readonly string[]) => {
      const id = await send({ channels }, [...blocks, replies]);
      const { data } = (await lab.admin.get(`/crm/campaigns/${id}/report`)).body as Answer;
      const links = data.links as { url: string }[];
      return links.map(({ url }) => new URL(url).pathname).filter((path) => !/article-/.test(path));
    };
    const product = '/products/winter';
    expect(await linksOf(['email'])).toEqual([product]);
    expect(await linksOf(['sms'])).toEqual([product]);
    expect((await linksOf(['line'])).sort()).toEqual(['/articles/jazz', product]);
  });

  it('writes to no number that takes no SMS', async () => {
    await reachable({ phone: '+81312345678' });
    await send({ channels: ['sms'] });
    expect(await ends()).toEqual({ sms: 'no-address' });
  });
});

describe('a test of it', () => {
  it('goes to what is an address on that channel, in the form that it is sent to', async () => {
    const article = await createArticle(lab.world.app, { blocks: [paragraph('入荷')] });
    const id = await lab.createCampaign(article, { channels: ALL });
    const { segment, source } = ((await lab.admin.get(`/crm/campaigns/${id}`)).body as Answer).data;
    const campaign = { name: '-', segment, source, channels: ALL };
    const test = (channel: string, address: string) =>
      lab.admin.post('/crm/campaigns/test-send', { campaign, channel, address });
    for (const wrong of ['not-an-address', 'sato@', '佐藤 結衣']) {
      expect((await test('email', wrong)).status, wrong).toBe(400);
    }
    expect((await test('sms', '12345')).status).toBe(400);
    expect((await test('email', ' Sato＠example.jp ')).status).toBe(200);
    expect((await test('sms', '090-1234-5678')).status).toBe(200);
    await lab.drain();
    expect(smtp.mails.map(({ to }) => to)).toEqual([['sato@example.jp']]);
    expect(sms.messages.map(({ to }) => to)).toEqual([PHONE]);
  });
});

describe('two messages a day', () => {
  it('hold over mail, LINE and SMS together; a receipt is exempt', async () => {
    await reachable();
    await lab.admin.put('/crm/sending-rules', { dailyCap: 2 });
    for (const channels of [['line'], ['email'], ['sms']]) await send({ channels });
    expect(await ends()).toEqual({ sms: 'frequency-cap' });
    expect([smtp.mails.length, (await lab.calls('push')).length, sms.messages.length]).toEqual([
      1, 1, 0,
    ]);
    await kernel().inTransaction(strapi(), (unit) =>
      deliveryModule().deliveryService(strapi()).enqueueTransactional(unit, {
        channel: 'email',
        address: 'sato@example.jp',
        locale: 'ja',
        template: 'shop.receipt',
        subject: '領収書',
        html: '<p>領収書</p>',
        text: '領収書',
      }),
    );
    await lab.drain();
    expect(smtp.mails).toHaveLength(2);
    kernel()
      .clock(strapi())
      .advance(25 * 3_600_000);
    await send({ channels: ['sms'] });
    expect(await ends()).toEqual({ sms: 'accepted' });
  });
});

describe('the channel for a person', () => {
  async function responded(customerId: number, channel: string, times: number, machine = false) {
    const [row] = (await db()('crm_messages')
      .where({ customer_id: customerId, channel })
      .limit(1)
      .select('id', 'campaign_id')) as { id: number; campaign_id: number }[];
    for (let time = 0; time < times; time += 1) {
      await db()('crm_message_events').insert({
        message_id: row?.id,
        campaign_id: row?.campaign_id,
        customer_id: customerId,
        type: 'click',
        at: kernel().clock(strapi()).now().getTime(),
        is_machine: machine,
      });
    }
  }

  it('is the one she answers on, else the first; what machines clicked counts for nothing', async () => {
    const { id } = await reachable();
    await send();
    await responded(id, 'line', 9, true);
    await responded(id, 'sms', 1);
    await send({ channelRule: 'best' });
    expect(await ends()).toEqual({ sms: 'accepted' });
    await send({ channelRule: 'prefer' });
    expect(await ends()).toEqual({ line: 'accepted' });
    kernel()
      .clock(strapi())
      .advance(91 * 86_400_000);
    await send({ channelRule: 'best' });
    expect(await ends()).toEqual({ line: 'accepted' });
  });

  it('says what it costs, before and after', async () => {
    await reachable();
    const blocks = [paragraph('あ'.repeat(80))];
    const article = await createArticle(lab.world.app, { blocks });
    const id = await lab.createCampaign(article, { channels: ALL, channelRule: 'all' });
    const { body: found } = await lab.admin.get(`/crm/campaigns/${id}`);
    const { segment, source, channels, channelRule } = (found as Answer).data;
    const campaign = { name: '-', segment, source, channels, channelRule };
    const reach = await lab.admin.post('/crm/campaigns/audience', { campaign });
    const costs = new Map(
      ((reach.body as Answer).data.channels as { channel: string; cost: number | null }[]).map(
        ({ channel, cost }) => [channel, cost],
      ),
    );
    expect([costs.get('line'), costs.get('email')]).toEqual([YEN.line, null]);
    expect(costs.get('sms')).toBeGreaterThanOrEqual(YEN.sms * 2);
    await lab.send(id);
    await lab.drain();
    const report = await lab.admin.get(`/crm/campaigns/${id}/report`);
    const parts = Math.ceil((sms.messages[0]?.body.length ?? 0) / 67);
    expect((report.body as Answer).data.cost).toBe(YEN.line + YEN.sms * parts);
  });
});

describe('the SMS gateway', () => {
  it('is believed about a dead number, waited for when busy, and never asked twice after silence', async () => {
    const faults = [
      [{ status: 400, code: 21211 }, 'failed'],
      [{ status: 503 }, 'retry'],
      [{ status: 429 }, 'retry'],
      [{ status: 401 }, 'retry'],
      [{ status: 500 }, 'unknown'],
      ['cut', 'unknown'],
    ] as const;
    for (const [fault, end] of faults) {
      await lab.clear();
      await db()('crm_suppressions').delete();
      await reachable();
      sms.fault = () => fault;
      await send({ channels: ['sms'] });
      expect([fault, await ends()]).toEqual([fault, { sms: end }]);
    }
    sms.fault = undefined;
    kernel().clock(strapi()).advance(3_600_000);
    await lab.drain();
    expect([sms.messages, await ends()]).toEqual([[], { sms: 'unknown' }]);
  });

  it('gets nothing more for a number that it called dead', async () => {
    await reachable();
    sms.fault = () => ({ status: 400, code: 21614 });
    await send({ channels: ['sms'] });
    sms.fault = undefined;
    await send({ channels: ['sms'] });
    expect(await ends()).toEqual({ sms: 'suppressed' });
    expect(sms.messages).toEqual([]);
  });

  it('is spared what carriers would cut off', async () => {
    await reachable();
    const article = await createArticle(lab.world.app, { blocks: [paragraph('あ'.repeat(700))] });
    const id = await lab.createCampaign(article, { channels: ['sms'] });
    const refused = await lab.send(id);
    expect((refused.body as Answer).error.code).toBe('delivery.content-problems');
  });
});
