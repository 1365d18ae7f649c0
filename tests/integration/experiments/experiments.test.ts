/** A/B tests on blocks: assignment, counting, results, through the site, REST and the admin's API. */
import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { compiled, kernel } from '../../support/crm';
import { memberOfTier, visitor } from '../../support/site';
import { callout, openWorld, read, type ExperimentWorld } from './world';

type Commerce = typeof import('../../../src/plugins/crm/server/commerce');
type Tracking = typeof import('../../../src/plugins/crm/server/tracking');

let world: ExperimentWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.app.stop());
afterEach(() => kernel().clock(world.app.strapi).reset());

describe('an A/B test of blocks', () => {
  it('gives each browser one variant for good, in HTML, JSON and REST alike', async () => {
    const id = await world.running();
    await world.tested('sticky', id);
    const readers = Array.from({ length: 24 }, () => world.agreed());
    const first = await Promise.all(readers.map((reader) => world.seen(reader, 'sticky')));
    expect(new Set(first)).toEqual(new Set(['A後', 'B後']));
    expect(await Promise.all(readers.map((reader) => world.seen(reader, 'sticky')))).toEqual(first);
    for (const [index, reader] of readers.slice(0, 6).entries()) {
      const own = first[index]?.at(0) ?? '';
      const html = await reader.html('/articles/sticky');
      expect([html.includes('<h2>A</h2>'), html.includes('<h2>B</h2>')]).toEqual([
        own === 'A',
        own === 'B',
      ]);
      const rest = await reader.json('/api/articles?filters[slug][$eq]=sticky&populate=blocks');
      expect(JSON.stringify(rest)).toContain(`"heading":"${own}"`);
    }
    expect(await world.people(id)).toHaveLength(24);
    const answer = await readers[0]?.get('/articles/sticky');
    expect(answer?.headers.get('cache-control')).toBe('private, no-store');
  });

  it('shows everybody who may not be recognised the first variant, and counts none of them', async () => {
    const id = await world.running();
    await world.tested('anonymous', id);
    for (let visit = 0; visit < 12; visit += 1)
      expect(await world.seen(visitor(world.app), 'anonymous')).toBe('A後');
    const refusing = await fetch(`${world.app.origin}/articles/anonymous.json`, {
      headers: { cookie: `crm_visitor=${randomUUID()}`, 'sec-gpc': '1' },
    });
    expect(await refusing.text()).toContain('"heading":"A"');
    expect(await world.people(id)).toEqual([]);
  });

  it('counts only those whose page would be another', async () => {
    const id = await world.running();
    const rule = (key: string) => ({
      type: 'and',
      of: [{ type: 'members' }, { type: 'experiment', id, variants: [key] }],
    });
    await world.publish('members-only-test', [callout('A', rule('a')), callout('B', rule('b'))]);
    await world.seen(world.agreed(), 'members-only-test');
    expect(await world.people(id)).toEqual([]);
    await world.seen(await memberOfTier(world.app, 'regular'), 'members-only-test');
    expect(await world.people(id)).toHaveLength(1);
  });

  it('counts who meets it through a named rule', async () => {
    const id = await world.running();
    const named = (key: string) =>
      world.admin
        .post('/crm/access/rules', {
          name: `パターン${key}-${id}`,
          description: '',
          audience: { type: 'experiment', id, variants: [key] },
        })
        .then(({ status, body }) => {
          expect(status, JSON.stringify(body)).toBeLessThan(300);
          return { type: 'rule', id: (body as { data: { documentId: string } }).data.documentId };
        });
    await world.publish('named-test', [
      callout('A', await named('a')),
      callout('B', await named('b')),
    ]);
    expect(['A', 'B']).toContain(await world.seen(world.agreed(), 'named-test'));
    expect(await world.people(id)).toHaveLength(1);
  });

  it('counts by a front end of one’s own, once, and tells it the variants', async () => {
    const id = await world.running();
    const browser = randomUUID();
    const tell = () =>
      fetch(`${world.app.origin}/api/crm/experiments/exposures`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: `crm_visitor=${browser}` },
        body: JSON.stringify({ experiments: [id, 'unknown'] }),
      });
    const { data } = (await (await tell()).json()) as {
      data: { experiments: Record<string, string> };
    };
    await tell();
    expect(await world.people(id)).toEqual([
      { unit: `v:${browser}`, variant: data.experiments[id] },
    ]);
  });
});

describe('its result', () => {
  const DAY = 86_400_000;

  it('counts goals within their days after the first sight, by customer and by browser', async () => {
    const id = await world.running({
      goals: [
        { kind: 'order', days: 7 },
        { kind: 'event', name: 'Product Viewed', days: 1 },
        { kind: 'page', path: '/thanks', days: 1 },
      ],
    });
    await world.tested('goals', id);
    const { strapi } = world.app;
    const buyer = await memberOfTier(world.app, 'regular');
    const late = await memberOfTier(world.app, 'regular');
    const browser = randomUUID();
    for (const reader of [buyer, late, world.agreed(browser)]) await world.seen(reader, 'goals');
    const now = kernel().clock(strapi).now().getTime();
    const { commerceService } = compiled<Commerce>('commerce');
    const { trackingService } = compiled<Tracking>('tracking');
    const order = (customerId: number | undefined, orderedAt: number, status = 'paid') => ({
      orderNumber: randomUUID(),
      customerId: customerId ?? 0,
      orderedAt: new Date(orderedAt),
      status: status as 'paid',
      total: 1000,
      lines: [],
    });
    await kernel().inTransaction(strapi, (unit) =>
      commerceService(strapi).recordOrders(unit, [
        order(buyer.customerId, now + DAY),
        order(buyer.customerId, now + 2 * DAY),
        order(late.customerId, now - DAY),
        order(late.customerId, now + 8 * DAY),
        order(late.customerId, now + DAY, 'cancelled'),
      ] as never),
    );
    await trackingService(strapi).append([
      { type: 'track', name: 'Product Viewed', visitorId: browser, occurredAt: now + 1 },
      { type: 'track', name: 'Product Viewed', visitorId: browser, occurredAt: now + 2 },
      { type: 'track', name: 'Product Viewed', customerId: late.customerId, isBot: true },
      { type: 'page', name: '/thanks', visitorId: randomUUID() },
    ]);
    const { result } = await world.detail(id);
    const sums = result?.goals.map(({ variants }) => ({
      people: variants.reduce((sum, { people: count }) => sum + count, 0),
      converted: variants.reduce((sum, { converted }) => sum + converted, 0),
    }));
    expect(sums).toEqual([
      { people: 3, converted: 1 },
      { people: 3, converted: 1 },
      { people: 3, converted: 0 },
    ]);
    expect(result?.verdict).toBe('too-early');
  });

  /** People as they would have come, and what they did. */
  async function fill(id: string, variants: Record<string, [people: number, converted: number]>) {
    const db = kernel().database(world.app.strapi);
    const at = kernel().clock(world.app.strapi).now().getTime();
    for (const [variant, [count, converted]] of Object.entries(variants)) {
      const rows = Array.from({ length: count }, (_, index) => ({
        experiment: id,
        unit: `v:${id}-${variant}-${index}`,
        variant,
        visitor_id: `${id}-${variant}-${index}`,
        exposed_at: at,
      }));
      for (let from = 0; from < rows.length; from += 100) {
        await db('crm_experiment_people').insert(rows.slice(from, from + 100));
      }
      await compiled<Tracking>('tracking')
        .trackingService(world.app.strapi)
        .append(
          rows
            .slice(0, converted)
            .map(({ visitor_id }) => ({ type: 'track', name: 'Bought', visitorId: visitor_id })),
        );
    }
  }
  const bought = { goals: [{ kind: 'event', name: 'Bought', days: 7 }] };

  it('names a winner, which can be made permanent for everybody with one press', async () => {
    const id = await world.running({ ...bought, holdout: 10 });
    await world.tested('winner', id);
    await fill(id, { a: [600, 60], b: [610, 180], holdout: [130, 13] });
    const { result } = await world.detail(id);
    expect(result).toMatchObject({
      verdict: 'winner',
      winner: 'b',
      holdout: { people: 130, converted: 13 },
    });
    expect(result?.goals[0]?.comparisons[0]?.alwaysValidP).toBeLessThan(0.05);
    expect(await world.seen(visitor(world.app), 'winner')).toBe('A後');
    read(await world.admin.post(`/crm/experiments/${id}/permanent`, { winner: 'b' }));
    expect(await world.seen(visitor(world.app), 'winner')).toBe('B後');
    expect(await world.seen(world.agreed(), 'winner')).toBe('B後');
    read(await world.admin.post(`/crm/experiments/${id}/stop`));
    expect(await world.seen(world.agreed(), 'winner')).toBe('A後');
  });

  it('flags shares that cannot be chance, and then names no winner', async () => {
    const id = await world.running(bought);
    await fill(id, { a: [600, 60], b: [450, 140] });
    const { result } = await world.detail(id);
    expect(result).toMatchObject({ verdict: 'ratio-mismatch', winner: null });
    expect(result?.ratioP).toBeLessThan(0.001);
  });

  it('makes a winner permanent by itself where that was set, after its days', async () => {
    const id = await world.running({ ...bought, automatic: true, minimumDays: 3 });
    const manual = await world.running(bought);
    const undecided = await world.running({ ...bought, automatic: true, minimumDays: 3 });
    await world.tested('automatic', id);
    await fill(id, { a: [600, 60], b: [610, 180] });
    await fill(manual, { a: [600, 60], b: [610, 180] });
    await fill(undecided, { a: [600, 60], b: [610, 66] });
    const settle = () => kernel().jobs(world.app.strapi).fire('experiments.settle');
    await settle();
    expect((await world.detail(id)).state).toBe('running');
    kernel()
      .clock(world.app.strapi)
      .advance(3 * DAY);
    await settle();
    expect(await world.detail(id)).toMatchObject({ state: 'permanent', winner: 'b' });
    expect((await world.detail(manual)).state).toBe('running');
    expect((await world.detail(undecided)).state).toBe('running');
    expect(await world.seen(visitor(world.app), 'automatic')).toBe('B後');
  });
});

describe('a holdout', () => {
  it('sees what everybody saw before, and is counted apart', async () => {
    const id = await world.running({ holdout: 10 });
    await world.tested('holdout', id);
    const { variants } = await world.detail(id);
    const browser = world.browserIn('holdout', { documentId: id, variants, holdout: 10 });
    expect(await world.seen(world.agreed(browser), 'holdout')).toBe('A後');
    expect(await world.people(id)).toEqual([{ unit: `v:${browser}`, variant: 'holdout' }]);
    expect((await world.detail(id)).result).toMatchObject({
      holdout: { people: 1, converted: 0 },
      goals: [{ variants: [{ people: 0 }, { people: 0 }] }],
    });
  });
});
