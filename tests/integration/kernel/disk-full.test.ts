/**
 * The disk is full while events come in, a file is imported and a campaign is written out: whoever
 * asked is told so, nothing is half there, and when there is room again it goes on. SQLite is told
 * how many pages its file may have, which it takes for a full disk.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { insertPeople, startCampaignLab, type CampaignLab } from '../../support/campaign';
import { kernel } from '../../support/crm';
import { importJobs } from '../customers/importing';
import { send } from '../tracking/sending';

describe.runIf(process.env.TEST_DATABASE !== 'postgres')('a full disk', () => {
  let lab: CampaignLab;
  beforeAll(async () => {
    lab = await startCampaignLab();
  });
  afterAll(() => lab.stop());
  beforeEach(async () => {
    await roomFor(Infinity);
    await lab.clear();
  });

  /** Pages that may be added to the file; what is free inside of it is used up first. */
  async function roomFor(pages: number): Promise<void> {
    if (pages !== Infinity) await lab.db().raw('vacuum');
    const [{ page_count: size }] = (await lab.db().raw('pragma page_count')) as [
      { page_count: number },
    ];
    const most = pages === Infinity ? 4_294_967_294 : size + pages;
    await lab.db().raw(`pragma max_page_count = ${most}`);
  }
  const countOf = async (table: string, where: object = {}): Promise<number> => {
    const [row]: { rows: number }[] = await lab.db()(table).where(where).count('* as rows');
    return Number(row?.rows);
  };

  it('is told to who sends events, and what was taken is in the log, the rest is not', async () => {
    const CALLS = 40;
    const A_CALL = 100;
    const tell = async (number: number) => {
      const batch = Array.from({ length: A_CALL }, (_, index) => ({
        type: 'track',
        anonymousId: `full-disk-${number}`,
        event: 'Full Disk',
        messageId: `full-disk-${number}-${index}`,
        properties: { text: 'x'.repeat(200) },
      }));
      return send(lab.app, 'batch', { body: { batch } });
    };
    // While somebody reads pages a call may be written in parts, and the whole is brought again.
    await expect.poll(() => kernel().isVisited(lab.app.strapi)).toBe(false);
    await roomFor(60);
    const answers = await Promise.all(Array.from({ length: CALLS }, (_, at) => tell(at)));
    const taken = answers.filter(({ status }) => status === 200).length;
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(CALLS);
    for (const { status, body } of answers) {
      if (status === 200) continue;
      expect(status).toBe(500);
      expect(body).toMatchObject({ error: { code: 'tracking.not-written' } });
    }
    expect(await countOf('crm_events', { name: 'Full Disk' })).toBe(taken * A_CALL);

    await roomFor(Infinity);
    for (const [number, { status }] of answers.entries()) {
      if (status !== 200) expect((await tell(number)).status).toBe(200);
    }
    expect(await countOf('crm_events', { name: 'Full Disk' })).toBe(CALLS * A_CALL);
  });

  it('fails an import where it stands, and it goes on there', async () => {
    const ROWS = 4_000;
    const jobs = importJobs(lab.app, lab.admin);
    const rows = Array.from({ length: ROWS }, (_, at) => `D-${at},disk${at}@example.jp`);
    const draft = await jobs.upload(['customerNumber,email', ...rows].join('\n'));
    await roomFor(300);
    const failed = await jobs.start(draft);
    expect(failed.status).toBe('failed');
    expect(failed.created).toBeGreaterThan(0);
    expect(failed.created).toBeLessThan(ROWS);
    expect(await countOf('crm_customers')).toBe(failed.created);
    expect(await countOf('crm_identities', { kind: 'customer-number' })).toBe(failed.created);

    await roomFor(Infinity);
    expect((await jobs.command(draft.id, 'resume')).status).toBe(200);
    await jobs.idle();
    expect(await jobs.find(draft.id)).toMatchObject({ status: 'done', created: ROWS, failed: 0 });
    expect(await countOf('crm_customers')).toBe(ROWS);
  });

  it('holds a campaign up, and everybody gets it once there is room', async () => {
    const PEOPLE = 1_200;
    await insertPeople(lab.app, PEOPLE);
    const campaign = await lab.createCampaign();
    const begin = async () => (await lab.admin.post(`/crm/campaigns/${campaign}/send`)).status;
    // Less than a tenth of what the rows take.
    await roomFor(20);
    const begun = await begin();
    await kernel().jobs(lab.app.strapi).idle();
    const written = await countOf('crm_messages');
    expect(written).toBeLessThan(PEOPLE);

    await roomFor(Infinity);
    if (begun !== 200) expect(await begin()).toBe(200);
    await lab.drain();
    await kernel().jobs(lab.app.strapi).fire('delivery.campaign-sweep');
    await lab.drain();
    expect(await countOf('crm_messages', { status: 'accepted' })).toBe(PEOPLE);
    expect(new Set(lab.smtp.mails.map(({ to }) => to[0])).size).toBe(PEOPLE);
    expect(lab.smtp.mails).toHaveLength(PEOPLE);
  });
});
