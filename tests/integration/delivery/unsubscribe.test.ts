import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  consentModule,
  deliveryModule,
  startCampaignLab,
  type CampaignLab,
} from '../../support/campaign';
import { kernel } from '../../support/crm';
import { herBrowser, reportOf, sendToOne as sendOne } from './one-mail';

let lab: CampaignLab;
beforeAll(async () => {
  lab = await startCampaignLab();
});
afterAll(() => lab.stop());
beforeEach(() => lab.clear());

const { fetchAs, later } = herBrowser(() => lab);
const sendToOne = () => sendOne(lab);

const report = (id: string) => reportOf(lab, id);

describe('unsubscribing', () => {
  const states = () =>
    lab.db()('crm_consent_states').select('channel', 'granted').orderBy('channel');
  const grantedNow = async () => Boolean((await states())[0]?.granted);

  it('shows a page on GET and HEAD and changes nothing, however often', async () => {
    const { unsubscribe } = await sendToOne();
    for (const method of ['GET', 'HEAD', 'GET']) {
      expect((await fetchAs(unsubscribe, { method })).status).toBe(200);
    }
    expect(await (await fetchAs(unsubscribe)).text()).toContain('配信設定');
    expect(await (await fetchAs(`${unsubscribe}?lang=en`)).text()).toContain('What you hear');
    expect(await grantedNow()).toBe(true);
  });

  it('is not done by a scanner that opens the link a hundred times', async () => {
    const { unsubscribe } = await sendToOne();
    const scanners: Record<string, string>[] = [
      { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' },
      { 'user-agent': 'Mozilla/5.0 (compatible; Barracuda Sentinel/1.0)' },
      {},
    ];
    for (let from = 0; from < 100; from += 20) {
      const visits = Array.from({ length: 20 }, (_, at) =>
        fetchAs(unsubscribe, {
          method: at % 2 === 0 ? 'GET' : 'HEAD',
          headers: scanners[(from + at) % scanners.length] ?? {},
        }),
      );
      for (const { status } of await Promise.all(visits)) expect(status).toBe(200);
    }
    expect(await grantedNow()).toBe(true);
    const [withdrawn]: { rows: number | string }[] = await lab
      .db()('crm_consents')
      .where({ granted: false })
      .count('* as rows');
    expect(Number(withdrawn?.rows)).toBe(0);
  });

  it('acts on the one click of RFC 8058 without cookie, redirect or a second ledger line', async () => {
    const { unsubscribe, campaign, customerId } = await sendToOne();
    for (let time = 0; time < 2; time += 1) {
      const answer = await fetchAs(unsubscribe, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
      expect(answer.status).toBe(200);
    }
    expect(await grantedNow()).toBe(false);
    const ledger = await lab
      .db()('crm_consents')
      .where({ customer_id: customerId, granted: false })
      .select('source');
    expect(ledger).toEqual([{ source: 'one-click' }]);
    expect((await report(campaign)).counts.unsubscribed).toBe(1);
    lab.smtp.clear();
    await lab.admin.post(`/crm/campaigns/${await lab.createCampaign()}/send`);
    await lab.drain();
    expect(lab.smtp.mails).toHaveLength(0);
  });

  it('lets a person choose on the page, and come back', async () => {
    const { unsubscribe } = await sendToOne();
    const save = (body: string) =>
      fetchAs(unsubscribe, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
    expect(await (await save('intent=save')).text()).toContain('配信を停止しました');
    expect(await grantedNow()).toBe(false);
    expect(await (await save('intent=save&email=on')).text()).toContain('設定を保存しました');
    expect(await grantedNow()).toBe(true);
  });

  describe('by the link of a mail that was passed on', () => {
    const post = (path: string, body: string) =>
      fetchAs(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
    const stop = (path: string) => post(path, 'List-Unsubscribe=One-Click');
    const comeBack = async (path: string) =>
      (await post(path, 'intent=save&email=on&line=on&memory=on')).text();
    const REFUSED = 'ログインが必要です';
    const say = (customerId: number, channel: 'email' | 'line', granted: boolean) =>
      kernel().inTransaction(lab.app.strapi, (unit) =>
        consentModule()
          .consentService(lab.app.strapi)
          .record(unit, {
            customerId,
            purpose: 'marketing',
            channel,
            granted,
            source: 'my-page',
            occurredAt: kernel().clock(lab.app.strapi).now(),
          }),
      );

    it('opts nobody in again: not late, not on another channel, not against a later word', async () => {
      const { unsubscribe, customerId } = await sendToOne();
      await say(customerId, 'line', true);
      await say(customerId, 'line', false);
      await stop(unsubscribe);
      later(24 * 3_600_000 + 1_000);
      expect(await comeBack(unsubscribe)).toContain(REFUSED);
      expect(await (await fetchAs(`${unsubscribe}?lang=en`)).text()).toContain('please log in');
      expect((await states()).map(({ granted }) => Boolean(granted))).toEqual([false, false]);

      await say(customerId, 'email', true);
      later(1_000);
      await stop(unsubscribe);
      later(1_000);
      await say(customerId, 'email', true);
      later(1_000);
      await say(customerId, 'email', false);
      later(1_000);
      expect(await comeBack(unsubscribe)).toContain(REFUSED);
      expect((await states()).map(({ granted }) => Boolean(granted))).toEqual([false, false]);
    });

    it('takes a mistake back within a day, on the channel of the mail alone', async () => {
      const { unsubscribe, customerId } = await sendToOne();
      await say(customerId, 'line', false);
      await stop(unsubscribe);
      later(23 * 3_600_000);
      expect(await comeBack(unsubscribe)).toContain(REFUSED);
      expect(await states()).toEqual([
        { channel: 'email', granted: expect.toSatisfy(Boolean) as unknown },
        { channel: 'line', granted: expect.toSatisfy((value) => !value) as unknown },
      ]);
    });

    it('shows no other channel, and stops all of them at once', async () => {
      const { unsubscribe, customerId } = await sendToOne();
      await say(customerId, 'line', true);
      expect(await (await fetchAs(unsubscribe)).text()).not.toContain('name="line"');
      expect(await (await post(unsubscribe, 'intent=stop')).text()).toContain('配信を停止しました');
      expect((await states()).map(({ granted }) => Boolean(granted))).toEqual([false, false]);
    });

    it('is used so often and no more; the one click always works', async () => {
      const { unsubscribe } = await sendToOne();
      kernel().clock(lab.app.strapi).set(new Date('2031-12-01T10:10:00+09:00'));
      const ask = () => post(unsubscribe, 'intent=save&email=on');
      const answers = [];
      for (let time = 0; time < 30; time += 1) answers.push((await ask()).status);
      expect(answers).toEqual(Array<number>(30).fill(200));
      const refused = await ask();
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1_000);
      const shown = await refused.text();
      expect(shown).toMatch(/[2-5]\d分ほどたってから/);
      expect(shown, 'in the look of the other pages').toContain('<link rel="stylesheet"');
      expect((await stop(unsubscribe)).status).toBe(200);
      expect(await grantedNow()).toBe(false);
    });
  });

  it('believes no forged token', async () => {
    const { unsubscribe, clicks } = await sendToOne();
    const token = unsubscribe.split('/').at(-1) ?? '';
    const other = clicks[0]?.split('/').at(-1) ?? '';
    for (const forged of [`${token}A`, token.split('.')[0], other, '%00', 'a.b.c']) {
      const answer = await fetchAs(`/m/unsubscribe/${forged}`, { method: 'POST' });
      expect([forged, answer.status]).toEqual([forged, 404]);
    }
    expect(await grantedNow()).toBe(true);
  });

  it('still sends what a person asked for, and nothing but that', async () => {
    const { unsubscribe } = await sendToOne();
    await fetchAs(unsubscribe, { method: 'POST', body: 'List-Unsubscribe=One-Click' });
    lab.smtp.clear();
    await kernel().inTransaction(lab.app.strapi, (unit) =>
      deliveryModule().deliveryService(lab.app.strapi).enqueueTransactional(unit, {
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
    expect(lab.smtp.mails).toHaveLength(1);
    // No promotion, no counted link, no pixel, no list: what the shop wrote and no more.
    const receipt = await lab.smtp.mails[0]?.parse();
    expect([receipt?.html?.trim(), receipt?.text?.trim()]).toEqual(['<p>領収書</p>', '領収書']);
    expect(lab.smtp.mails[0]?.raw).not.toMatch(/^(List-|Feedback-ID)/im);
  });

  it('sends no row that the guard has not let pass, whoever wrote it', async () => {
    await sendToOne();
    lab.smtp.clear();
    const copy = async (verdict: string) => {
      const [row] = await lab.db()('crm_messages').orderBy('id').limit(1);
      await lab
        .db()('crm_messages')
        .insert({
          ...row,
          id: undefined,
          campaign_id: null,
          payload: JSON.stringify({ template: 'x', subject: 'x', html: 'x', text: 'x' }),
          unique_key: `copy-${verdict}`,
          status: 'queued',
          guard_verdict: verdict,
          due_at: 0,
          attempts: 0,
        });
    };
    await copy('block');
    await lab.drain();
    expect(lab.smtp.mails).toHaveLength(0);
    await copy('allow');
    await lab.drain();
    expect(lab.smtp.mails).toHaveLength(1);
  });
});
