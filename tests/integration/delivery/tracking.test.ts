import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  createPeople,
  customersModule,
  deliveryModule,
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

const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Safari/604.1';

interface Sent {
  readonly campaign: string;
  readonly customerId: number;
  readonly clicks: readonly string[];
  readonly pixel: string;
  readonly unsubscribe: string;
}

const pathOf = (url: string | undefined): string => new URL(url ?? '').pathname;

/** A campaign to one person, read as her mail program reads it. */
async function sendToOne(): Promise<Sent> {
  const [customerId = 0] = await createPeople(lab.app, [
    { familyName: '佐藤', email: 'sato@example.jp', consent: true },
  ]);
  const campaign = await lab.createCampaign();
  await lab.admin.post(`/crm/campaigns/${campaign}/send`);
  await lab.drain();
  const mail = await lab.smtp.mails[0]?.parse();
  const html = mail?.html ?? '';
  const header = mail?.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
  return {
    campaign,
    customerId,
    clicks: [...new Set(html.match(/https?:\/\/[^"' ]+\/r\/[\w.-]+/g) ?? [])].map(pathOf),
    pixel: pathOf(/https?:\/\/[^"' ]+\/o\/[\w.-]+\.gif/.exec(html)?.[0]),
    unsubscribe: pathOf(header.replace(/[<>]/g, '')),
  };
}

const fetchAs = (path: string, init: RequestInit & { agent?: string } = {}) =>
  fetch(`${lab.app.origin}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { 'user-agent': init.agent ?? PHONE, ...init.headers },
  });

const later = (milliseconds: number) => kernel().clock(lab.app.strapi).advance(milliseconds);

interface Report {
  data: {
    counts: Record<string, number>;
    links: { url: string; people: number; machines: number }[];
  };
}

const report = async (id: string) =>
  ((await lab.admin.get(`/crm/campaigns/${id}/report`)).body as Report).data;

describe('links and the open pixel', () => {
  it('lead where the editor pointed and count a person once', async () => {
    const { campaign, clicks, pixel } = await sendToOne();
    later(60_000);
    const opened = await fetchAs(pixel);
    expect(opened.headers.get('content-type')).toBe('image/gif');
    const addresses = await Promise.all(
      clicks.map(async (click) =>
        (await fetchAs(click, { method: 'HEAD' })).headers.get('location'),
      ),
    );
    const toProduct = addresses.findIndex((address) => address?.endsWith('/products/winter'));
    for (let time = 0; time < 2; time += 1) {
      const clicked = await fetchAs(clicks[toProduct] ?? '');
      expect(clicked.status).toBe(302);
      expect(clicked.headers.get('location')).toMatch(/\/products\/winter$/);
      later(10_000);
    }
    const { counts, links } = await report(campaign);
    expect(counts).toMatchObject({ accepted: 1, opened: 1, clicked: 1, 'machine-opened': 0 });
    expect(links.find(({ url }) => url.endsWith('/products/winter'))?.people).toBe(1);
  });

  it('keep machines apart: bots, prefetch, too fast, all links at once, HEAD', async () => {
    const { campaign, clicks, pixel } = await sendToOne();
    await fetchAs(pixel);
    later(60_000);
    await fetchAs(pixel, { agent: 'Mozilla/5.0' });
    await fetchAs(pixel, { headers: { 'sec-purpose': 'prefetch' } });
    await fetchAs(clicks[0] ?? '', { agent: 'Googlebot/2.1 (+http://www.google.com/bot.html)' });
    expect((await fetchAs(clicks[0] ?? '', { method: 'HEAD' })).status).toBe(302);
    later(60_000);
    for (const click of clicks) await fetchAs(click);
    const { counts } = await report(campaign);
    expect(counts).toMatchObject({ opened: 0, clicked: 0 });
    expect(counts['machine-opened']).toBe(1);
    expect(counts['machine-clicked']).toBe(1);
  });

  it('open nothing when forged, cut or bent', async () => {
    const { campaign, clicks } = await sendToOne();
    const token = (clicks[0] ?? '').split('/').at(-1) ?? '';
    const [body = '', mac = ''] = token.split('.');
    const foreign = Buffer.from('1.99').toString('base64url');
    for (const forged of [
      body,
      `${body}.${mac.slice(1)}A`,
      `${foreign}.${mac}`,
      `${token}%3Furl%3Devil.example`,
      'x'.repeat(299),
    ]) {
      const answer = await fetchAs(`/r/${forged}`);
      expect([forged, answer.status]).toEqual([forged, 404]);
      expect(answer.headers.get('location')).toBeNull();
      expect(await answer.text()).toContain('リンクを開けませんでした');
    }
    const bent = await fetchAs(`/r/${token}?url=https://evil.example&next=//evil.example`);
    expect(bent.headers.get('location')).not.toContain('evil');
    expect((await report(campaign)).counts.opened).toBe(0);
  });

  it('stand on the timeline of the person', async () => {
    const { customerId, clicks, pixel } = await sendToOne();
    later(60_000);
    await fetchAs(pixel);
    later(5_000);
    await fetchAs(clicks[0] ?? '');
    const timeline = await customersModule()
      .customersService(lab.app.strapi)
      .timeline(customerId, { limit: 20, kinds: ['message'] });
    expect(timeline.entries.map(({ type }) => type)).toEqual(['click', 'open', 'accepted']);
  });
});

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
