import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  createArticle,
  createPeople,
  startCampaignLab,
  type CampaignLab,
} from '../../support/campaign';
import { campaignSteps, codeOf } from '../../support/campaign-steps';

let lab: CampaignLab;
beforeAll(async () => {
  lab = await startCampaignLab();
});
afterAll(() => lab.stop());
beforeEach(() => lab.clear());
const { clock, tick } = campaignSteps(() => lab);

describe('stopping', () => {
  const people = Array.from({ length: 250 }, (_, index) => ({
    familyName: `人${index}`,
    email: `p${index}@example.jp`,
    consent: true,
  }));

  it('pauses before the next batch, resumes and leaves nobody out', async () => {
    await createPeople(lab.app, people);
    const id = await lab.createCampaign();
    let paused: Promise<unknown> | undefined;
    // The first batch is not over before the pause is.
    lab.smtp.fault = async ({ stage }) => {
      if (stage === 'data') await (paused ??= lab.admin.post(`/crm/campaigns/${id}/pause`));
      return undefined;
    };
    await lab.admin.post(`/crm/campaigns/${id}/send`);
    await lab.drain();
    expect(lab.smtp.mails.length).toBe(200);
    expect(await lab.find(id)).toMatchObject({ status: 'paused' });
    expect((await lab.admin.post(`/crm/campaigns/${id}/resume`)).status).toBe(200);
    await lab.drain();
    expect(new Set(lab.smtp.mails.map((mail) => mail.to[0])).size).toBe(250);
    expect(lab.smtp.mails).toHaveLength(250);
    expect(await lab.find(id)).toMatchObject({ status: 'sent' });
  });

  it('asks for consent again before each part of a batch', async () => {
    await createPeople(lab.app, people);
    const id = await lab.createCampaign();
    let withdrawn: Promise<unknown> | undefined;
    const withdraw = async () => lab.db()('crm_consent_states').update({ granted: false });
    lab.smtp.fault = async ({ stage }) => {
      if (stage === 'data') await (withdrawn ??= withdraw());
      return undefined;
    };
    await lab.admin.post(`/crm/campaigns/${id}/send`);
    await lab.drain();
    // Forty are on their way, and forty more may have been asked about meanwhile.
    expect([40, 80]).toContain(lab.smtp.mails.length);
    const [late]: { people: number | string }[] = await lab
      .db()('crm_messages')
      .where({ status: 'blocked', guard_reason: 'withdrawn' })
      .count('* as people');
    expect(Number(late?.people)).toBe(250 - lab.smtp.mails.length);
  });

  it('cancels what has not gone out', async () => {
    await createPeople(lab.app, people.slice(0, 5));
    lab.smtp.fault = ({ stage }) =>
      stage === 'rcpt' ? { code: 450, message: 'later' } : undefined;
    const id = await lab.createCampaign();
    await lab.admin.post(`/crm/campaigns/${id}/send`);
    await lab.drain();
    expect((await lab.admin.post(`/crm/campaigns/${id}/cancel`)).status).toBe(200);
    lab.smtp.fault = undefined;
    clock().advance(3_600_000);
    await lab.drain();
    expect(lab.smtp.mails).toHaveLength(0);
    expect((await lab.verdicts()).every(([, status]) => status === 'cancelled')).toBe(true);
  });

  it('cancels as well what a worker had claimed and did not begin', async () => {
    await createPeople(lab.app, people.slice(0, 60));
    const id = await lab.createCampaign();
    let cancelled: Promise<unknown> | undefined;
    lab.smtp.fault = async ({ stage }) => {
      if (stage !== 'rcpt') return undefined;
      await (cancelled ??= lab.admin.post(`/crm/campaigns/${id}/cancel`));
      return { code: 421, message: 'not now' };
    };
    await lab.admin.post(`/crm/campaigns/${id}/send`);
    await lab.drain();
    lab.smtp.fault = undefined;
    expect(lab.smtp.mails).toHaveLength(0);
    expect([...new Set((await lab.verdicts()).map(([, status]) => status))]).toEqual(['cancelled']);
  });

  it('suppresses an address that does not exist', async () => {
    await createPeople(lab.app, [{ familyName: '佐藤', email: 'gone@example.jp', consent: true }]);
    lab.smtp.fault = ({ stage }) =>
      stage === 'rcpt' ? { code: 550, message: '5.1.1 User unknown' } : undefined;
    await lab.admin.post(`/crm/campaigns/${await lab.createCampaign()}/send`);
    await lab.drain();
    lab.smtp.fault = undefined;
    await lab.admin.post(`/crm/campaigns/${await lab.createCampaign()}/send`);
    await lab.drain();
    expect((await lab.verdicts()).map(([, status, reason]) => [status, reason])).toEqual([
      ['failed', null],
      ['blocked', 'suppressed'],
    ]);
  });
});

describe('a time', () => {
  it('begins by itself when its time has come', async () => {
    await createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp', consent: true }]);
    const id = await lab.createCampaign();
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const scheduled = await lab.admin.post(`/crm/campaigns/${id}/schedule`, {
      scheduledAt: inAnHour,
    });
    expect(scheduled.status).toBe(200);
    await tick();
    expect(lab.smtp.mails).toHaveLength(0);
    clock().advance(3_601_000);
    await tick();
    expect(lab.smtp.mails).toHaveLength(1);
  });

  it('comes once, however the clock jumps, and what waits for its time is not lost', async () => {
    await createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp', consent: true }]);
    const HOUR = 3_600_000;
    clock().set(new Date('2032-02-29T23:30:00+09:00'));
    const id = await lab.createCampaign();
    const scheduledAt = '2032-03-01T00:00:00+09:00';
    await lab.admin.post(`/crm/campaigns/${id}/schedule`, { scheduledAt });
    lab.smtp.fault = ({ stage }) =>
      stage === 'rcpt' ? { code: 450, message: 'later' } : undefined;
    clock().advance(HOUR);
    await tick();
    const waiting = () => lab.db()('crm_messages').select('status', 'attempts', 'due_at');
    const [row] = await waiting();
    expect(row).toMatchObject({ status: 'retry', attempts: 1 });
    lab.smtp.fault = undefined;
    // Set back behind its own beginning: nothing begins again, and the row keeps its time.
    clock().advance(-HOUR);
    await tick();
    expect([lab.smtp.mails.length, await waiting()]).toEqual([0, [row]]);
    clock().advance(2 * HOUR);
    await tick();
    clock().advance(-2 * HOUR);
    await tick();
    clock().advance(4 * HOUR);
    await tick();
    expect(lab.smtp.mails).toHaveLength(1);
    expect(await lab.find(id)).toMatchObject({ status: 'sent' });
  });

  it('refuses the past and nonsense', async () => {
    const id = await lab.createCampaign();
    for (const scheduledAt of ['2020-01-01T00:00:00Z', 'tomorrow', null, 7]) {
      const answer = await lab.admin.post(`/crm/campaigns/${id}/schedule`, { scheduledAt });
      expect(answer.status).toBe(400);
    }
  });
});

describe('what is not ready', () => {
  it('is refused with what to mend', async () => {
    const article = await createArticle(lab.app);
    const cases = [
      [{ source: null }, 'delivery.source-missing'],
      [{ segment: null }, 'delivery.segment-missing'],
      [{ channels: ['pigeon'] }, 'delivery.channel-unknown'],
      [
        { source: { uid: 'api::article.article', documentId: 'nope', locale: 'ja' } },
        'delivery.source-unpublished',
      ],
    ] as const;
    for (const [more, code] of cases) {
      const id = await lab.createCampaign(more, article);
      const answer = await lab.admin.post(`/crm/campaigns/${id}/send`);
      expect([answer.status, codeOf(answer)]).toEqual([400, code]);
    }
  });
});
