/** What LINE adds up of a campaign: kept by unit, and "too few" is not none. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createArticle } from '../../support/campaign';
import { kernel } from '../../support/crm';
import { startLineLab, type LineLab } from './campaign-lab';

const SAME = { linkTracking: 'shared' };
const DAY_MS = 86_400_000;

let lab: LineLab;
beforeAll(async () => {
  lab = await startLineLab();
});
afterAll(() => lab.world.stop());
beforeEach(() => lab.clear());

const ask = () => kernel().jobs(lab.world.app.strapi).fire('line.unit-statistics');

async function figuresOf(campaign: string): Promise<unknown> {
  const { status, body } = await lab.admin.get(`/crm/campaigns/${campaign}/report`);
  expect(status).toBe(200);
  return (body as { data: { providers: unknown } }).data.providers;
}

const look = async (userIds: readonly string[]) => {
  for (const userId of userIds) await lab.world.act('POST', `users/${userId}/open`, {});
};

async function click(userIds: readonly string[]): Promise<void> {
  for (const userId of userIds) {
    const [got] = await lab.world.inbox(userId);
    const action = { type: 'uri', uri: 'https://example.jp/r/1' };
    await lab.world.act('POST', `users/${userId}/tap`, { action, messageId: got?.id });
  }
}

async function sent(friends: number, more: object = SAME) {
  const userIds = await lab.friends(friends);
  const campaign = await lab.createCampaign(await createArticle(lab.world.app), more);
  expect((await lab.send(campaign)).status).toBe(200);
  await lab.drain();
  expect(await lab.statuses()).toEqual({ accepted: friends });
  return { userIds, campaign };
}

const asked = async () => {
  const { requests } = await lab.world.act('GET', 'requests?limit=5000');
  return (requests as { path: string; query: object }[]).filter(({ path }) =>
    path.endsWith('/insight/message/event/aggregation'),
  );
};

describe('the figures of LINE', () => {
  it.each([
    ['one call for all', SAME, 'multicast'],
    ['a call each', {}, 'push'],
  ] as const)('are asked for under the campaign’s name (%s)', async (_, more, kind) => {
    const { userIds, campaign } = await sent(25, more);
    const units = (await lab.calls(kind)).map(
      ({ body }) => (body as { customAggregationUnits?: string[] }).customAggregationUnits,
    );
    expect(units.length).toBeGreaterThan(0);
    const [unit] = units;
    expect(unit).toEqual([expect.stringMatching(/^campaign_\d+$/)]);
    expect(units.every((each) => each?.[0] === unit?.[0])).toBe(true);

    const nothing = {
      channel: 'line',
      sender: '縁レコード',
      uniqueClicks: null,
      narrowed: null,
    };
    expect(await figuresOf(campaign)).toEqual([
      { ...nothing, asOf: null, uniqueImpressions: null },
    ]);
    await look(userIds.slice(0, 22));
    await click(userIds.slice(0, 5));
    await ask();
    // Five people clicked: LINE tells no number so small, and we make no zero of it.
    expect(await figuresOf(campaign)).toEqual([
      { ...nothing, asOf: expect.any(Number), uniqueImpressions: 22 },
    ]);
    await click(userIds.slice(0, 21));
    await ask();
    expect(await figuresOf(campaign)).toMatchObject([{ uniqueImpressions: 22, uniqueClicks: 21 }]);
  });

  it('stay as they were while LINE cannot be asked, and are asked for two weeks', async () => {
    const { userIds, campaign } = await sent(21);
    await look(userIds);
    await ask();
    expect(await figuresOf(campaign)).toMatchObject([{ uniqueImpressions: 21 }]);
    await lab.world.act('POST', 'faults', { kind: 'rate-limit', path: '/v2/bot/insight' });
    await ask();
    expect(await figuresOf(campaign)).toMatchObject([{ uniqueImpressions: 21 }]);
    await lab.world.act('DELETE', 'faults');

    const before = (await asked()).length;
    kernel()
      .clock(lab.world.app.strapi)
      .advance(15 * DAY_MS);
    await ask();
    expect((await asked()).length).toBe(before + 1);
    kernel()
      .clock(lab.world.app.strapi)
      .advance(2 * DAY_MS);
    await ask();
    expect((await asked()).length).toBe(before + 1);
  });
});
