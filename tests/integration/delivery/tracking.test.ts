import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { adminClient } from '../../support/admin';
import { customersModule, startCampaignLab, type CampaignLab } from '../../support/campaign';
import { herBrowser, reportOf, sendToOne as sendOne } from './one-mail';

let lab: CampaignLab;
beforeAll(async () => {
  lab = await startCampaignLab();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.clear();
  await lab.db()('crm_contact_wishes').delete();
});

const { fetchAs, later } = herBrowser(() => lab);
const sendToOne = () => sendOne(lab);

const report = (id: string) => reportOf(lab, id);

const AT_ONCE = 20;
const AN_HOUR = 50;

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

  it('write a few rows and lead on for ever, however often they are fetched again', async () => {
    const { clicks, pixel } = await sendToOne();
    later(60_000);
    const rows = async (type: string) =>
      (await lab.db()('crm_message_events').where({ type }).select('id')).length;
    /** As many at once as a flood has; the clock is the lab's, so the hour is one hour. */
    const flood = async (path: string, times: number): Promise<number[]> => {
      const answers: number[] = [];
      for (let done = 0; done < times; done += AT_ONCE) {
        const all = await Promise.all(Array.from({ length: AT_ONCE }, () => fetchAs(path)));
        answers.push(...all.map(({ status }) => status));
        await Promise.all(all.map((answer) => answer.arrayBuffer()));
      }
      return answers;
    };
    expect(new Set(await flood(clicks[0] ?? '', 400))).toEqual(new Set([302]));
    expect(new Set(await flood(pixel, 100))).toEqual(new Set([200]));
    for (const type of ['click', 'open']) {
      expect(await rows(type)).toBeGreaterThanOrEqual(AN_HOUR);
      // Those that were under way together when the last place was taken.
      expect(await rows(type)).toBeLessThan(AN_HOUR + AT_ONCE);
    }
    const before = await rows('click');
    later(3_601_000);
    await fetchAs(clicks[0] ?? '');
    expect(await rows('click'), 'an hour later she is heard again').toBe(before + 1);
  });
});

describe('who refused to be tracked', () => {
  const wishOf = (id: number) => `/crm/customers/${id}/tracking-wish`;
  const events = () =>
    lab.db()('crm_message_events').whereIn('type', ['open', 'click']).pluck('type');
  async function sendAgain(id: string): Promise<void> {
    expect((await lab.admin.post(`/crm/campaigns/${id}/send`)).status).toBe(200);
    await lab.drain();
  }

  it('gets plain links and no pixel; what she got before leads on and notes nothing', async () => {
    const { campaign, customerId, clicks, pixel, unsubscribe } = await sendToOne();
    later(60_000);
    const refused = { isUntracked: true };
    expect((await lab.admin.put(wishOf(customerId), refused)).body).toEqual({ data: refused });
    expect((await fetchAs(pixel)).status).toBe(200);
    const led = await Promise.all(clicks.map((click) => fetchAs(click)));
    expect(led.map(({ status }) => status)).toEqual(clicks.map(() => 302));
    expect(led.flatMap(({ headers }) => headers.getSetCookie())).toEqual([]);

    await sendAgain(await lab.createCampaign());
    const mail = await lab.smtp.mails[1]?.parse();
    for (const body of [mail?.html ?? '', mail?.text ?? '']) {
      expect(body).toContain('/products/winter');
      expect(body).toContain('/m/unsubscribe/');
      expect(body).not.toMatch(/\/[ro]\/[\w-]+\./);
    }
    expect(mail?.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toContain('/m/');
    expect(await events()).toEqual([]);

    // Nobody can say that she has not read it, so a resend does not take her for a non-reader.
    const resend = await lab.admin.post(`/crm/campaigns/${campaign}/resend`);
    const again = (resend.body as { data: { documentId: string } }).data.documentId;
    const reach = await lab.admin.post('/crm/campaigns/audience', {
      campaign: await lab.find(again),
    });
    expect(reach.body).toMatchObject({ data: { total: 0 } });
    expect(await (await fetchAs(unsubscribe)).text()).toContain(
      'name="untracked" value="on" checked',
    );

    await lab.admin.put(wishOf(customerId), { isUntracked: false });
    await fetchAs(clicks[0] ?? '');
    expect(await events()).toEqual(['click']);
  });

  it('is asked of those who may change the record', async () => {
    const { customerId } = await sendToOne();
    const reader = await adminClient(lab.app, ['customers.read']);
    expect((await reader.get(wishOf(customerId))).body).toEqual({ data: { isUntracked: false } });
    expect((await reader.put(wishOf(customerId), { isUntracked: true })).status).toBe(403);
    expect((await lab.admin.put(wishOf(customerId), { isUntracked: 'x' })).status).toBe(400);
    expect((await lab.admin.put(wishOf(999_999), { isUntracked: true })).status).toBe(404);
  });
});
