import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  consentModule,
  createArticle,
  createPeople,
  paragraph,
  startCampaignLab,
  type CampaignLab,
} from '../../support/campaign';
import { kernel } from '../../support/crm';

let lab: CampaignLab;
beforeAll(async () => {
  lab = await startCampaignLab();
});
afterAll(() => lab.stop());
beforeEach(() => lab.clear());

describe('sending a campaign', () => {
  it('writes a row with a verdict for everybody and sends to those who may be reached', async () => {
    await createPeople(lab.app, [
      { familyName: '佐藤', email: 'sato@example.jp', consent: true },
      { familyName: '鈴木', email: 'suzuki@example.jp' },
      { familyName: '高橋', email: 'takahashi@example.jp', consent: false },
      { familyName: '田中', email: null, consent: true },
      { familyName: '伊藤', email: 'ito@example.jp', consent: true },
    ]);
    await kernel().inTransaction(lab.app.strapi, (unit) =>
      consentModule()
        .consentService(lab.app.strapi)
        .suppress(unit, { channel: 'email', address: 'ito@example.jp', reason: 'hard-bounce' }),
    );
    const id = await lab.createCampaign();
    expect((await lab.admin.post(`/crm/campaigns/${id}/send`)).status).toBe(200);
    await lab.drain();
    expect(await lab.verdicts()).toEqual([
      ['sato@example.jp', 'accepted', null],
      ['suzuki@example.jp', 'blocked', 'no-consent'],
      ['takahashi@example.jp', 'blocked', 'withdrawn'],
      [null, 'blocked', 'no-address'],
      ['ito@example.jp', 'blocked', 'suppressed'],
    ]);
    expect(lab.smtp.mails.map((mail) => mail.to)).toEqual([['sato@example.jp']]);
    expect(await lab.find(id)).toMatchObject({ status: 'sent' });
  });

  it('writes personally, with tracked links and the headers of RFC 8058', async () => {
    await createPeople(lab.app, [
      { familyName: '<佐藤&>', email: 'sato@example.jp', consent: true },
    ]);
    const id = await lab.createCampaign();
    await lab.admin.post(`/crm/campaigns/${id}/send`);
    await lab.drain();
    const raw = lab.smtp.mails[0]?.raw ?? '';
    expect(raw).toMatch(/^List-Unsubscribe: <http:\/\/[^>\r\n]+\/m\/unsubscribe\/[^>\r\n]+>\r$/m);
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    expect(raw).toMatch(/^Feedback-ID: /m);
    const mail = await lab.smtp.mails[0]?.parse();
    expect(mail?.subject).toBe('<佐藤&>様へ　冬の入荷');
    expect(mail?.html).toContain('&lt;佐藤&amp;&gt;様、こんにちは。');
    expect(mail?.html).toMatch(/\/r\/[\w.-]+/);
    expect(mail?.html).toMatch(/\/o\/[\w.-]+\.gif/);
    expect(mail?.html).not.toContain('/products/winter');
    expect(mail?.text).toContain('<佐藤&>様、こんにちは。');
    expect(mail?.text).toContain('/m/unsubscribe/');
  });

  it('reaches addresses of carriers that break the RFC, with what the law asks for', async () => {
    const addresses = ['a..b@docomo.ne.jp', 'hana.@ezweb.ne.jp'];
    await createPeople(
      lab.app,
      addresses.map((email) => ({ familyName: '佐藤', email, consent: true })),
    );
    const id = await lab.createCampaign();
    await lab.admin.post(`/crm/campaigns/${id}/send`);
    await lab.drain();
    // In quotes they keep the RFC, so that no server on the way refuses them.
    expect(lab.smtp.mails.flatMap(({ to }) => to).sort()).toEqual([
      '"a..b"@docomo.ne.jp',
      '"hana."@ezweb.ne.jp',
    ]);
    // 特定電子メール法: who sends, where, whom to ask, and the way out.
    const mail = await lab.smtp.mails[0]?.parse();
    for (const part of [mail?.html ?? '', mail?.text ?? '']) {
      expect(part).toContain('縁レコード株式会社');
      expect(part).toContain('東京都渋谷区神宮前1-2-3');
      expect(part).toContain('support@enishi-records.example');
      expect(part).toContain('/m/unsubscribe/');
    }
  });

  it('begins once however often it is sent', async () => {
    await createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp', consent: true }]);
    const id = await lab.createCampaign();
    const answers = await Promise.all(
      [1, 2, 3].map(() => lab.admin.post(`/crm/campaigns/${id}/send`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    await lab.drain();
    expect(lab.smtp.mails).toHaveLength(1);
    expect((await lab.admin.post(`/crm/campaigns/${id}/send`)).status).toBe(409);
    await lab.drain();
    expect(await lab.verdicts()).toHaveLength(1);
  });

  it('writes to one address once', async () => {
    await createPeople(lab.app, [
      { familyName: '佐藤', email: 'family@example.jp', consent: true },
      { familyName: '佐藤', email: 'other@example.jp', consent: true },
    ]);
    await lab.db()('crm_customers').update({ email: 'family@example.jp' });
    const id = await lab.createCampaign();
    await lab.admin.post(`/crm/campaigns/${id}/send`);
    await lab.drain();
    expect((await lab.verdicts()).map(([, status, reason]) => [status, reason])).toEqual([
      ['accepted', null],
      ['blocked', 'duplicate-address'],
    ]);
    expect(lab.smtp.mails).toHaveLength(1);
  });

  it('shows each person only the blocks that are hers, and nothing of a gated entry', async () => {
    await createPeople(lab.app, [
      { familyName: '佐藤', email: 'gold@example.jp', consent: true, tier: 'gold', member: true },
      { familyName: '鈴木', email: 'regular@example.jp', consent: true },
    ]);
    const inSegment = { type: 'tiers', keys: ['gold'] };
    const mixed = await createArticle(lab.app, {
      blocks: [paragraph('みなさまへ'), paragraph('ゴールド会員様へ', inSegment)],
    });
    const gated = await createArticle(lab.app, {
      access: { audience: inSegment, otherwise: 'deny' },
      blocks: [paragraph('秘密の入荷')],
    });
    for (const article of [mixed, gated]) {
      const id = await lab.createCampaign({}, article);
      await lab.admin.post(`/crm/campaigns/${id}/send`);
      await lab.drain();
    }
    const bodies = await Promise.all(
      lab.smtp.mails.map(async (mail) => `${mail.to[0]} ${(await mail.parse()).text}`),
    );
    const of = (person: string) => bodies.filter((body) => body.startsWith(person));
    expect(of('gold').join()).toContain('秘密の入荷');
    expect(of('gold').join()).toContain('ゴールド会員様へ');
    expect(of('regular')).toHaveLength(1);
    expect(of('regular')[0]).toContain('みなさまへ');
    expect(of('regular')[0]).not.toContain('ゴールド');
    expect(await lab.verdicts()).toContainEqual(['regular@example.jp', 'blocked', 'access']);
  });
});

describe('a channel for each person', () => {
  it('prefers the first channel that reaches her, or uses all', async () => {
    await createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp', consent: true }]);
    for (const [rule, expected] of [
      ['prefer', ['memory']],
      ['all', ['email', 'memory']],
    ] as const) {
      await lab.db()('crm_messages').delete();
      const id = await lab.createCampaign({ channels: ['memory', 'email'], channelRule: rule });
      await lab.admin.post(`/crm/campaigns/${id}/send`);
      await lab.drain();
      const rows: { channel: string; status: string }[] = await lab.db()('crm_messages');
      expect(rows.every((row) => row.status === 'accepted')).toBe(true);
      expect(rows.map((row) => row.channel).sort()).toEqual(expected);
    }
  });

  it('counts as not reached only whom no channel reached, each once', async () => {
    await createPeople(lab.app, [
      { familyName: '佐藤', email: 'sato@example.jp', consent: true },
      { familyName: '鈴木', email: 'suzuki@example.jp' },
    ]);
    const id = await lab.createCampaign({ channels: ['memory', 'email'], channelRule: 'all' });
    await lab.admin.post(`/crm/campaigns/${id}/send`);
    await lab.drain();
    await lab
      .db()('crm_messages')
      .where({ address: 'sato@example.jp', channel: 'memory' })
      .update({ status: 'blocked', guard_reason: 'no-address' });
    const report = await lab.admin.get(`/crm/campaigns/${id}/report`);
    expect(report.body).toMatchObject({
      data: { counts: { blocked: 1 }, blocked: [{ reason: 'no-consent', people: 1 }] },
    });
    const list = await lab.admin.get(`/crm/campaigns/${id}/recipients?state=blocked`);
    expect(list.body).toMatchObject({ data: [{ name: '鈴木 花子' }], page: { total: 1 } });
  });
});
