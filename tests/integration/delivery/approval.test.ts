/** A second person agrees to words and to people, not to a row in a table. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Home } from '../../../src/plugins/crm/shared/analytics';
import { adminClient, type AdminClient } from '../../support/admin';
import {
  approveCampaign,
  createArticle,
  insertPeople,
  paragraph,
  startCampaignLab,
  type CampaignLab,
} from '../../support/campaign';
import { campaignSteps, codeOf, dataOf } from '../../support/campaign-steps';

let lab: CampaignLab;
let colleague: AdminClient;
beforeAll(async () => {
  lab = await startCampaignLab();
  colleague = await adminClient(lab.app, ['campaigns.read', 'campaigns.send', 'home.read']);
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.clear();
  await lab.db()('crm_sending_rules').delete();
});

const { clock, tick, rules, people, statusOf } = campaignSteps(() => lab);
const HOUR = 3_600_000;
const inAnHour = () => new Date(clock().now().getTime() + HOUR).toISOString();

/** Planned for in an hour, and agreed to. */
async function agreed(article?: string, more: object = {}): Promise<string> {
  const id = await lab.createCampaign(more, article);
  await lab.admin.post(`/crm/campaigns/${id}/schedule`, { scheduledAt: inAnHour() });
  expect(await statusOf(id)).toBe('awaiting');
  expect((await approveCampaign(lab, id, colleague)).status).toBe(200);
  expect(await statusOf(id)).toBe('scheduled');
  return id;
}

async function atItsTime() {
  clock().advance(HOUR + 1_000);
  await tick();
}

/** What the colleague's Home has to say about campaigns that wait for somebody like her. */
async function waitingAtHome(): Promise<unknown[]> {
  // Its numbers are kept for half a minute.
  clock().advance(31_000);
  const { attention } = dataOf(await colleague.get('/crm/home')) as {
    attention: Home['attention'];
  };
  return attention.filter(({ kind }) => kind === 'awaiting-campaigns').map(({ count }) => count);
}

/** A segment picked by hand. */
async function createList(people: readonly number[]) {
  const rule = { combinator: 'and', rules: [] };
  const name = `手で選んだ方 ${people.join()}`;
  const made = await lab.admin.post('/crm/segments', { name, kind: 'static', rule });
  const id = String(dataOf(made).documentId);
  const change = async (action: string, customerIds: readonly number[]) => {
    const path = `/crm/segments/${id}/members${action}`;
    expect((await lab.admin.post(path, { customerIds })).status).toBe(200);
  };
  await change('', people);
  return {
    id,
    join: (who: number) => change('', [who]),
    leave: (who: number) => change('/remove', [who]),
  };
}

/** As an editor does it in the Content Manager. */
async function publish(article: string, blocks: readonly object[]) {
  const documents = lab.app.strapi.documents('api::article.article' as never);
  const asked = { documentId: article, locale: 'ja', data: { blocks } };
  await documents.update(asked as never);
  await documents.publish({ documentId: article, locale: 'ja' } as never);
}

describe('an approval', () => {
  const words = [paragraph('冬の入荷です。')];

  it('ends when an editor changes the entry, and not when she publishes the same again', async () => {
    await people(2);
    await rules({ approvalAbove: 1 });
    const same = await createArticle(lab.app, { blocks: words });
    const other = await createArticle(lab.app, { blocks: words });
    const kept = await agreed(same);
    const ended = await agreed(other);
    await publish(same, words);
    await publish(other, [paragraph('全品半額です。')]);
    await atItsTime();
    expect([await statusOf(kept), await statusOf(ended)]).toEqual(['sent', 'awaiting']);
    expect(lab.smtp.mails).toHaveLength(2);
    expect(await waitingAtHome()).toEqual([1]);
    expect((await approveCampaign(lab, ended, colleague)).status).toBe(200);
    expect(await waitingAtHome()).toEqual([]);
    await tick();
    expect(lab.smtp.mails).toHaveLength(4);
    expect((await lab.smtp.mails[3]?.parse())?.text).toContain('半額');
  });

  it('ends when other people may see a block', async () => {
    await people(2);
    await rules({ approvalAbove: 1 });
    const article = await createArticle(lab.app, { blocks: [words[0] ?? {}, paragraph('内緒')] });
    const id = await agreed(article);
    await publish(article, [words[0] ?? {}, paragraph('内緒', { type: 'members' })]);
    await atItsTime();
    expect(await statusOf(id)).toBe('awaiting');
    expect(lab.smtp.mails).toHaveLength(0);
  });

  it('covers a tenth more people than it was given for, and no more', async () => {
    await people(10);
    await rules({ approvalAbove: 5 });
    const kept = await agreed();
    const ended = await agreed();
    await people(1);
    clock().advance(HOUR / 2);
    await lab.admin.post(`/crm/campaigns/${ended}/unschedule`, {});
    await lab.admin.post(`/crm/campaigns/${ended}/schedule`, { scheduledAt: inAnHour() });
    expect(await statusOf(ended)).toBe('scheduled');
    clock().advance(HOUR / 2 + 1_000);
    await tick();
    expect(await statusOf(kept)).toBe('sent');
    expect(lab.smtp.mails).toHaveLength(11);
    await people(1);
    await atItsTime();
    expect(await statusOf(ended)).toBe('awaiting');
    expect(lab.smtp.mails).toHaveLength(11);
  });

  it('is refused for what is not any more what was on her screen', async () => {
    await people(2);
    await rules({ approvalAbove: 1 });
    const article = await createArticle(lab.app, { blocks: words });
    const id = await lab.createCampaign({}, article);
    await lab.admin.post(`/crm/campaigns/${id}/send`, {});
    const look = await colleague.get(`/crm/campaigns/${id}/preview`);
    expect(JSON.stringify(look.body)).toContain('冬の入荷です。');
    const report = await colleague.get(`/crm/campaigns/${id}/report`);
    const { asks } = (report.body as { data: { asks: { reach: number } } }).data;
    expect(asks.reach).toBe(2);
    await publish(article, [paragraph('全品半額です。')]);
    const answer = await colleague.post(`/crm/campaigns/${id}/approve`, { seen: asks });
    expect([answer.status, codeOf(answer)]).toEqual([409, 'delivery.approval-changed']);
    expect((await colleague.post(`/crm/campaigns/${id}/approve`, {})).status).toBe(400);
  });

  it('stops a campaign whose words change while it goes out; somebody else lets it go on', async () => {
    await people(2);
    await rules({ approvalAbove: 1 });
    const article = await createArticle(lab.app, { blocks: words });
    const id = await agreed(article);
    await rules({ approvalAbove: 1, quietFrom: '00:00', quietTo: '23:59' });
    clock().set(new Date(clock().now().toISOString().slice(0, 10) + 'T12:00:00+09:00'));
    clock().advance(24 * HOUR);
    await tick();
    expect(await statusOf(id)).toBe('sending');
    await publish(article, [paragraph('全品半額です。')]);
    await rules({ approvalAbove: 1 });
    await tick();
    expect(await lab.find(id)).toMatchObject({ status: 'paused', holdReason: 'content-changed' });
    expect(lab.smtp.mails).toHaveLength(0);
    const own = await lab.admin.post(`/crm/campaigns/${id}/resume`, {});
    expect(codeOf(own)).toBe('delivery.approval-own');
    const { asks } = dataOf(await colleague.get(`/crm/campaigns/${id}/report`));
    await publish(article, [paragraph('全品九割引です。')]);
    const resume = (body: object) => colleague.post(`/crm/campaigns/${id}/resume`, body);
    for (const body of [{}, { seen: asks }]) {
      expect(codeOf(await resume(body))).toBe('delivery.approval-changed');
    }
    const now = dataOf(await colleague.get(`/crm/campaigns/${id}/report`)).asks;
    expect((await resume({ seen: now })).status).toBe(200);
    await tick();
    expect(lab.smtp.mails).toHaveLength(2);
    expect((await lab.smtp.mails[0]?.parse())?.text).toContain('九割引');
  });

  it('ends when the people of a list are others, as many as before', async () => {
    const [first = 0, second = 0, third = 0] = await people(3);
    await rules({ approvalAbove: 1 });
    const list = await createList([first, second]);
    const kept = await agreed(undefined, { segment: list.id });
    await atItsTime();
    expect(await statusOf(kept)).toBe('sent');
    const ended = await agreed(undefined, { segment: list.id });
    await list.leave(first);
    await list.join(third);
    await atItsTime();
    expect(await statusOf(ended)).toBe('awaiting');
    expect(lab.smtp.mails).toHaveLength(2);
  });
});

describe('the threshold', () => {
  it('counts people of now, not of when the segment was last looked at', async () => {
    await people(1);
    await rules({ approvalAbove: 1 });
    const id = await lab.createCampaign();
    // Written past every subscriber, as a restored backup or another program would.
    await insertPeople(lab.app, 1);
    await lab.admin.post(`/crm/campaigns/${id}/send`, {});
    expect(await statusOf(id)).toBe('awaiting');
  });
});

describe('the reach in the composer', () => {
  const reachOf = async (id: string) => {
    const { segment, source, channels } = await lab.find(id);
    const campaign = { name: '-', segment, source, channels };
    const answer = await lab.admin.post('/crm/campaigns/audience', { campaign });
    return dataOf(answer);
  };

  it('tells whom a cap would keep back, and until when it is quiet', async () => {
    await people(2);
    await rules({ dailyCap: 1 });
    const first = await lab.createCampaign();
    await lab.admin.post(`/crm/campaigns/${first}/send`, {});
    await tick();
    await people(1);
    const id = await lab.createCampaign();
    expect(await reachOf(id)).toMatchObject({ total: 3, reached: 3, capped: 2, quietUntil: null });
    clock().set(new Date('2031-12-01T22:30:00+09:00'));
    await rules({ dailyCap: 1, quietFrom: '21:00', quietTo: '08:00' });
    expect(await reachOf(id)).toMatchObject({
      reached: 3,
      capped: 0,
      quietUntil: Date.parse('2031-12-02T08:00:00+09:00'),
    });
  });
});
