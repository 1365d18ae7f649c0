/** A test mail shows a person's data and leaves the house: who may, where to, and how often. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import {
  campaignInput,
  createArticle,
  createPeople,
  createSegment,
  startCampaignLab,
  type CampaignLab,
} from '../../support/campaign';
import { codeOf } from '../../support/campaign-steps';
import { kernel } from '../../support/crm';

let lab: CampaignLab;
let writer: AdminClient;
let knower: AdminClient;
let campaign: object;
beforeAll(async () => {
  lab = await startCampaignLab();
  writer = await adminClient(lab.app, ['campaigns.read', 'campaigns.update']);
  knower = await adminClient(lab.app, ['campaigns.read', 'campaigns.update', 'customers.read']);
  campaign = campaignInput(await createArticle(lab.app), await createSegment(lab.app));
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.clear();
  await lab.db()('crm_rate_limits').delete();
});

const OUTSIDE = 'friend@example.jp';

const test = (as: AdminClient, more: object = {}) =>
  as.post('/crm/campaigns/test-send', { campaign, channel: 'email', address: OUTSIDE, ...more });

/** Somebody who works in this admin. */
async function colleague(): Promise<string> {
  const user = (await lab.db()('admin_users').orderBy('id').first('email')) as { email: string };
  return user.email;
}

const her = async () => {
  const [id = 0] = await createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp' }]);
  return id;
};

describe('a test', () => {
  it('is drawn as a person only for who may read people', async () => {
    const customerId = await her();
    const address = await colleague();
    const refused = await test(writer, { customerId, address });
    expect([refused.status, codeOf(refused)]).toEqual([403, 'delivery.test-person-refused']);
    await lab.drain();
    expect(lab.smtp.mails).toHaveLength(0);
    expect((await test(knower, { customerId, address })).status).toBe(200);
    await lab.drain();
    expect((await lab.smtp.mails[0]?.parse())?.subject).toContain('佐藤様');
  });

  it('leaves the house only by the hand of who may send', async () => {
    const refused = await test(writer);
    expect([refused.status, codeOf(refused)]).toEqual([403, 'delivery.test-address-refused']);
    const elsewhere = await test(writer, { channel: 'memory', address: await colleague() });
    expect(codeOf(elsewhere)).toBe('delivery.test-address-refused');
    expect((await test(writer, { address: (await colleague()).toUpperCase() })).status).toBe(200);
    expect((await test(lab.admin)).status).toBe(200);
    await lab.drain();
    expect(lab.smtp.mails).toHaveLength(2);
  });

  it('says who sent it and why it could go', async () => {
    await test(lab.admin);
    const [row] = (await lab.db()('crm_messages').select('*')) as Record<string, unknown>[];
    expect(row).toMatchObject({ guard_verdict: 'allow', guard_reason: 'test' });
    expect(row?.unique_key).toMatch(/^test:\d+:[\da-f-]{36}$/);
  });

  it('is refused in words when there were many, for her and nobody else', async () => {
    const address = await colleague();
    // Not at the end of a window, where a new one would begin in between.
    kernel().clock(lab.app.strapi).set(new Date('2026-12-01T10:10:00+09:00'));
    const answers = [];
    for (let sent = 0; sent < 21; sent += 1) answers.push(await test(writer, { address }));
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(20).fill(200), 429]);
    expect(answers.at(-1)?.body).toMatchObject({
      error: { code: 'kernel.too-many-requests', message: expect.stringMatching(/\d+/) as string },
    });
    expect((await test(knower, { address })).status).toBe(200);
    await lab.drain();
    expect(lab.smtp.mails).toHaveLength(21);
  });
});
