/** What people say beside yes and no: not this topic, not so often, not for a while. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import {
  consentModule,
  createPeople,
  startCampaignLab,
  type AdminAnswerBody as Answer,
  type CampaignLab,
} from '../../support/campaign';
import { kernel } from '../../support/crm';
import { registerMember } from '../../support/member';
import { siteBrowser } from '../../support/site-browser';

let lab: CampaignLab;
let reader: AdminClient;
beforeAll(async () => {
  lab = await startCampaignLab();
  reader = await adminClient(lab.app, ['campaigns.read']);
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.clear();
  for (const table of [
    'crm_topics',
    'crm_topic_refusals',
    'crm_contact_wishes',
    'crm_sending_rules',
  ]) {
    await lab.db()(table).delete();
  }
});

const DAY = 86_400_000;
const clock = () => kernel().clock(lab.app.strapi);
const dataOf = (answer: { body: unknown }) => (answer.body as Answer).data;

async function topic(nameJa: string): Promise<number> {
  const made = await lab.admin.post('/crm/topics', { nameJa, nameEn: `${nameJa} (en)` });
  expect(made.status).toBe(201);
  return Number(dataOf(made).id);
}

/** Sends and answers how it ended for each person. */
async function send(more: object = {}): Promise<(string | null)[][]> {
  const before = (await lab.verdicts()).length;
  const id = await lab.createCampaign(more);
  expect((await lab.admin.post(`/crm/campaigns/${id}/send`)).status).toBe(200);
  await lab.drain();
  return (await lab.verdicts())
    .slice(before)
    .map(([, status = null, reason = null]) => [status, reason]);
}

const one = () =>
  createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp', consent: true }]);

const agree = (customerId: number) =>
  kernel().inTransaction(lab.app.strapi, (unit) =>
    consentModule().consentService(lab.app.strapi).record(unit, {
      customerId,
      purpose: 'marketing',
      channel: 'email',
      granted: true,
      source: 'test',
    }),
  );

/** The page behind the link of the last mail. */
async function pageOfLastMail(): Promise<string> {
  const mail = await lab.smtp.mails.at(-1)?.parse();
  const header = mail?.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
  return new URL(header.replace(/[<>]/g, '')).pathname;
}

const post = (path: string, fields: Record<string, string>, headers: object = {}) =>
  fetch(`${lab.app.origin}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  });
const form = { intent: 'save', preferences: '1', email: 'on', weeklyMax: '', pause: '' };
const SENT = [['accepted', null]];

describe('the preference centre', () => {
  it('is reached from a mail; a topic that is not wanted is left out, the others come', async () => {
    await one();
    const jazz = await topic('ジャズ');
    const events = await topic('催し');
    expect(await send({ topic: jazz })).toEqual(SENT);
    const page = await pageOfLastMail();
    const shown = await (await fetch(`${lab.app.origin}${page}`)).text();
    expect(shown).toContain('ジャズ');
    expect(await (await fetch(`${lab.app.origin}${page}?lang=en`)).text()).toContain('催し (en)');
    expect((await post(page, { ...form, [`topic-${events}`]: 'on' })).status).toBe(200);
    expect(await send({ topic: jazz })).toEqual([['blocked', 'topic']]);
    expect(await send({ topic: events })).toEqual(SENT);
    expect(await send()).toEqual(SENT);
    expect(dataOf(await lab.admin.get('/crm/topics'))).toMatchObject([
      { id: jazz, refusals: 1 },
      { id: events, refusals: 0 },
    ]);
  });

  it('lets a person rest for thirty days; it ends by itself', async () => {
    await one();
    await send();
    const page = await pageOfLastMail();
    expect(await (await post(page, { ...form, pause: '30' })).text()).toContain('お休み中です');
    expect(await send()).toEqual([['blocked', 'paused']]);
    const { segment, source } = await lab.find(await lab.createCampaign());
    const campaign = { name: '-', segment, source, channels: ['email'] };
    const reach = await lab.admin.post('/crm/campaigns/audience', { campaign });
    expect(dataOf(reach)).toMatchObject({
      reached: 0,
      blocked: [{ reason: 'paused', people: 1 }],
    });
    clock().advance(29 * DAY);
    expect(await send()).toEqual([['blocked', 'paused']]);
    clock().advance(DAY + 1_000);
    expect(await send()).toEqual(SENT);
  });

  it('keeps a rest that is not changed, and ends it when she who is logged in says so', async () => {
    const { browser } = await registerMember(lab.app, lab.smtp, 'sato@example.jp');
    const [her] = (await lab.db()('crm_customers').pluck('id')) as number[];
    await agree(her ?? 0);
    await send();
    const page = await pageOfLastMail();
    await post(page, { ...form, pause: '7' });
    await post(page, { ...form, pause: 'keep' });
    expect(await send()).toEqual([['blocked', 'paused']]);
    await browser.form('/m/preferences', form);
    expect(await send()).toEqual(SENT);
  });

  it('lets the link of a mail only take away: whoever has it may not be her', async () => {
    await one();
    const jazz = await topic('ジャズ');
    const all = { ...form, [`topic-${jazz}`]: 'on' };
    await send();
    const page = await pageOfLastMail();
    await post(page, { ...form, weeklyMax: '1', pause: '30' });
    const before = await lab.db()('crm_contact_wishes').select('weekly_max', 'paused_until');
    expect(await (await post(page, all)).text()).toContain('ログインが必要です');
    const after = await lab.db()('crm_contact_wishes').select('weekly_max', 'paused_until');
    expect(after).toEqual(before);
    expect(await lab.db()('crm_topic_refusals').select('topic_id')).toEqual([{ topic_id: jazz }]);
    expect(await send()).toEqual([['blocked', 'paused']]);
  });

  it('lets her refuse to be tracked by the link of a mail, and take it back when logged in', async () => {
    const { browser } = await registerMember(lab.app, lab.smtp, 'rei@example.jp');
    const [her = 0] = (await lab.db()('crm_customers').pluck('id')) as number[];
    await agree(her);
    await send();
    const pixels = async () =>
      /\/o\/[\w-]+\./.test((await lab.smtp.mails.at(-1)?.parse())?.html ?? '');
    expect(await pixels()).toBe(true);
    const page = await pageOfLastMail();
    await post(page, { ...form, untracked: 'on' });
    expect(await send()).toEqual(SENT);
    expect(await pixels()).toBe(false);
    expect(await (await post(page, form)).text()).toContain('ログインが必要です');
    expect((await browser.get('/m/me')).text).toContain('開封・クリックは記録していません');
    await browser.form('/m/preferences', form);
    expect(await send()).toEqual(SENT);
    expect(await pixels()).toBe(true);
  });

  it('sends no more in a week than a person wishes, also when she says so after the rows stand', async () => {
    await one();
    await send();
    const page = await pageOfLastMail();
    await post(page, { ...form, weeklyMax: '2' });
    expect(await send()).toEqual(SENT);
    expect(await send()).toEqual([['blocked', 'personal-cap']]);
    clock().advance(7 * DAY + 1_000);
    expect(await send()).toEqual(SENT);
  });

  it('holds for rows that stand already', async () => {
    await one();
    const jazz = await topic('ジャズ');
    await send();
    const page = await pageOfLastMail();
    clock().set(new Date('2031-12-01T22:30:00+09:00'));
    await lab.admin.put('/crm/sending-rules', { quietFrom: '21:00', quietTo: '08:00' });
    expect(await send({ topic: jazz })).toEqual([['queued', null]]);
    await post(page, form);
    clock().set(new Date('2031-12-02T08:00:00+09:00'));
    await lab.drain();
    expect((await lab.verdicts()).at(-1)?.slice(1)).toEqual(['blocked', 'topic']);
  });

  it('takes the one click for all advertising on the channel, whatever the mail was about', async () => {
    await one();
    const jazz = await topic('ジャズ');
    await send({ topic: jazz });
    await post(await pageOfLastMail(), { 'List-Unsubscribe': 'One-Click' });
    expect(await send()).toEqual([['blocked', 'withdrawn']]);
  });

  it('means nothing by fields that nobody offered', async () => {
    await one();
    await send();
    const page = await pageOfLastMail();
    const strange = { ...form, pause: '99999', weeklyMax: '0', 'topic-1': 'on', 'topic-x': 'on' };
    expect((await post(page, strange)).status).toBe(200);
    expect(await lab.db()('crm_contact_wishes')).toEqual([]);
    expect(await send()).toEqual(SENT);
  });

  it('stands on my page, for who is logged in and from this site only', async () => {
    const jazz = await topic('ジャズ');
    const stranger = siteBrowser(lab.app);
    const asked = await stranger.get('/m/preferences');
    expect(asked.headers.get('location')).toBe('/m/login?next=/m/preferences');
    expect((await stranger.form('/m/preferences', form)).status).toBe(401);
    const { browser } = await registerMember(lab.app, lab.smtp, 'hanako@example.jp');
    expect((await browser.get('/m/me')).text).toContain('/m/preferences');
    expect((await browser.get('/m/preferences')).text).toContain('ジャズ');
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await browser.form('/m/preferences', form, foreign)).status).toBe(403);
    expect((await browser.form('/m/preferences', form)).status).toBe(200);
    expect(await lab.db()('crm_topic_refusals').select('topic_id')).toEqual([{ topic_id: jazz }]);
  });

  it('follows a merge', async () => {
    const [kept = 0, gone = 0] = await createPeople(lab.app, [
      { familyName: '佐藤', email: 'a@example.jp', consent: true },
      { familyName: '佐藤', email: 'b@example.jp', consent: true },
    ]);
    const jazz = await topic('ジャズ');
    const refusal = { topic_id: jazz, refused_at: 1 };
    await lab
      .db()('crm_topic_refusals')
      .insert([
        { ...refusal, customer_id: kept },
        { ...refusal, customer_id: gone },
      ]);
    const wish = { customer_id: gone, weekly_max: 1, updated_at: 1 };
    await lab.db()('crm_contact_wishes').insert(wish);
    const merged = await lab.admin.post('/crm/customers/merges', { from: gone, into: kept });
    expect(merged.status).toBeLessThan(300);
    expect(await lab.db()('crm_contact_wishes').select('customer_id')).toEqual([
      { customer_id: kept },
    ]);
  });
});

describe('topics', () => {
  it('are made, changed and taken away by who may', async () => {
    expect((await reader.post('/crm/topics', { nameJa: 'x', nameEn: 'x' })).status).toBe(403);
    expect((await lab.admin.post('/crm/topics', { nameJa: '', nameEn: 'x' })).status).toBe(400);
    const id = await topic('ジャズ');
    const changed = await lab.admin.put(`/crm/topics/${id}`, { nameJa: '新譜', nameEn: 'New' });
    expect(dataOf(changed)).toMatchObject({ id, nameJa: '新譜' });
    expect((await lab.admin.delete(`/crm/topics/${id}`)).status).toBe(200);
    expect((await lab.admin.delete(`/crm/topics/${id}`)).status).toBe(404);
    expect((await reader.get('/crm/topics')).body).toEqual({ data: [] });
  });
});
