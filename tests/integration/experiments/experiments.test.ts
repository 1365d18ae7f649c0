/** A/B tests on blocks and pages, through the site, REST and the admin's API. */
import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { experimentDetailSchema } from '../../../src/plugins/crm/shared/experiments';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { memberOfTier, visitor, type Reader } from '../../support/site';

type Commerce = typeof import('../../../src/plugins/crm/server/commerce');
type Tracking = typeof import('../../../src/plugins/crm/server/tracking');
type Domain = typeof import('../../../src/plugins/crm/server/experiments/domain/assign');

let app: TestApp;
let admin: AdminClient;

beforeAll(async () => {
  app = await startApp();
  admin = await adminClient(app);
});
afterAll(() => app.stop());
afterEach(() => kernel().clock(app.strapi).reset());

interface Documents {
  create(params: object): Promise<{ documentId: string }>;
}
const publish = async (slug: string, blocks: object[]) => {
  const articles = app.strapi.documents('api::article.article' as never) as unknown as Documents;
  const data = { title: slug, slug, blocks };
  return (await articles.create({ status: 'published', locale: 'ja', data })).documentId;
};

const callout = (heading: string, audience?: object, slot?: string) => ({
  __component: 'blocks.callout',
  heading,
  ...(audience ? { audience: { audience, ...(slot ? { slot } : {}) } } : {}),
});

const input = {
  name: '見出しのテスト',
  variants: [
    { key: 'a', name: 'いまの見出し', weight: 1 },
    { key: 'b', name: '新しい見出し', weight: 1 },
  ],
  goals: [{ kind: 'order', days: 7 }],
};

const read = (answer: { status: number; body: unknown }) => {
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return experimentDetailSchema.parse((answer.body as { data: unknown }).data);
};
const detail = async (id: string) => read(await admin.get(`/crm/experiments/${id}`));

async function running(change: object = {}): Promise<string> {
  const { documentId } = read(await admin.post('/crm/experiments', { ...input, ...change }));
  read(await admin.post(`/crm/experiments/${documentId}/start`));
  return documentId;
}

/** A page with a block in each variant. */
async function tested(slug: string, id: string): Promise<void> {
  const variant = (key: string) => ({ type: 'experiment', id, variants: [key] });
  await publish(slug, [callout('A', variant('a')), callout('B', variant('b')), callout('後')]);
}

const agreed = (id: string = randomUUID()): Reader => visitor(app, `crm_visitor=${id}`);

async function seen(reader: Reader, slug: string): Promise<string> {
  const { data } = (await reader.json(`/articles/${slug}`)) as {
    data: { blocks: { heading: string }[] };
  };
  return data.blocks.map((block) => block.heading).join('');
}

const people = (id: string): Promise<{ unit: string; variant: string }[]> =>
  kernel()
    .database(app.strapi)('crm_experiment_people')
    .where({ experiment: id })
    .select('unit', 'variant');

/** A browser that gets this group by its bucket. */
function browserIn(group: string, experiment: Parameters<Domain['groupOf']>[0]): string {
  const { groupOf } = compiled<Domain>('experiments/domain/assign');
  for (;;) {
    const id = randomUUID();
    if (groupOf(experiment, `v:${id}`) === group) return id;
  }
}

describe('an A/B test of blocks', () => {
  it('gives each browser one variant for good, in HTML, JSON and REST alike', async () => {
    const id = await running();
    await tested('sticky', id);
    const readers = Array.from({ length: 24 }, () => agreed());
    const first = await Promise.all(readers.map((reader) => seen(reader, 'sticky')));
    expect(new Set(first)).toEqual(new Set(['A後', 'B後']));
    expect(await Promise.all(readers.map((reader) => seen(reader, 'sticky')))).toEqual(first);
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
    expect(await people(id)).toHaveLength(24);
    const answer = await readers[0]?.get('/articles/sticky');
    expect(answer?.headers.get('cache-control')).toBe('private, no-store');
  });

  it('shows everybody who may not be recognised the first variant, and counts none of them', async () => {
    const id = await running();
    await tested('anonymous', id);
    for (let visit = 0; visit < 12; visit += 1)
      expect(await seen(visitor(app), 'anonymous')).toBe('A後');
    const refusing = await fetch(`${app.origin}/articles/anonymous.json`, {
      headers: { cookie: `crm_visitor=${randomUUID()}`, 'sec-gpc': '1' },
    });
    expect(await refusing.text()).toContain('"heading":"A"');
    expect(await people(id)).toEqual([]);
  });

  it('keeps the variant of a browser whose owner becomes known, and counts her once', async () => {
    const id = await running();
    await tested('login', id);
    const { variants, holdout } = await detail(id);
    const experiment = { documentId: id, variants, holdout };
    const member = await memberOfTier(app, 'regular');
    const { groupOf } = compiled<Domain>('experiments/domain/assign');
    const other = groupOf(experiment, `c:${member.customerId}`) === 'a' ? 'b' : 'a';
    const browser = browserIn(other, experiment);
    const expected = `${other.toUpperCase()}後`;
    expect(await seen(agreed(browser), 'login')).toBe(expected);
    const both = visitor(app, `crm_visitor=${browser}; ${member.cookie}`);
    expect(await seen(both, 'login')).toBe(expected);
    expect(await seen(member, 'login'), 'on another device').toBe(expected);
    expect(await people(id)).toEqual([{ unit: `c:${member.customerId}`, variant: other }]);
  });

  it('counts only those whose page would be another', async () => {
    const id = await running();
    const rule = (key: string) => ({
      type: 'and',
      of: [{ type: 'members' }, { type: 'experiment', id, variants: [key] }],
    });
    await publish('members-only-test', [callout('A', rule('a')), callout('B', rule('b'))]);
    await seen(agreed(), 'members-only-test');
    expect(await people(id)).toEqual([]);
    await seen(await memberOfTier(app, 'regular'), 'members-only-test');
    expect(await people(id)).toHaveLength(1);
  });

  it('counts who meets it through a named rule', async () => {
    const id = await running();
    const named = (key: string) =>
      admin
        .post('/crm/access/rules', {
          name: `パターン${key}-${id}`,
          description: '',
          audience: { type: 'experiment', id, variants: [key] },
        })
        .then(({ status, body }) => {
          expect(status, JSON.stringify(body)).toBe(201);
          return { type: 'rule', id: (body as { data: { documentId: string } }).data.documentId };
        });
    await publish('named-test', [callout('A', await named('a')), callout('B', await named('b'))]);
    expect(['A', 'B']).toContain(await seen(agreed(), 'named-test'));
    expect(await people(id)).toHaveLength(1);
  });

  it('counts by a front end of one’s own, once, and tells it the variants', async () => {
    const id = await running();
    const browser = randomUUID();
    const tell = () =>
      fetch(`${app.origin}/api/crm/experiments/exposures`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: `crm_visitor=${browser}` },
        body: JSON.stringify({ experiments: [id, 'unknown'] }),
      });
    const { data } = (await (await tell()).json()) as {
      data: { experiments: Record<string, string> };
    };
    await tell();
    expect(await people(id)).toEqual([{ unit: `v:${browser}`, variant: data.experiments[id] }]);
  });
});

describe('its result', () => {
  const DAY = 86_400_000;

  it('counts goals within their days after the first sight, by customer and by browser', async () => {
    const id = await running({
      goals: [
        { kind: 'order', days: 7 },
        { kind: 'event', name: 'Product Viewed', days: 1 },
        { kind: 'page', path: '/thanks', days: 1 },
      ],
    });
    await tested('goals', id);
    const { strapi } = app;
    const buyer = await memberOfTier(app, 'regular');
    const late = await memberOfTier(app, 'regular');
    const browser = randomUUID();
    for (const reader of [buyer, late, agreed(browser)]) await seen(reader, 'goals');
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
    const { result } = await detail(id);
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
    const db = kernel().database(app.strapi);
    const at = kernel().clock(app.strapi).now().getTime();
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
        .trackingService(app.strapi)
        .append(
          rows
            .slice(0, converted)
            .map(({ visitor_id }) => ({ type: 'track', name: 'Bought', visitorId: visitor_id })),
        );
    }
  }
  const bought = { goals: [{ kind: 'event', name: 'Bought', days: 7 }] };

  it('names a winner, which can be made permanent for everybody with one press', async () => {
    const id = await running({ ...bought, holdout: 10 });
    await tested('winner', id);
    await fill(id, { a: [600, 60], b: [610, 180], holdout: [130, 13] });
    const { result } = await detail(id);
    expect(result).toMatchObject({
      verdict: 'winner',
      winner: 'b',
      holdout: { people: 130, converted: 13 },
    });
    expect(result?.goals[0]?.comparisons[0]?.alwaysValidP).toBeLessThan(0.05);
    expect(await seen(visitor(app), 'winner')).toBe('A後');
    read(await admin.post(`/crm/experiments/${id}/permanent`, { winner: 'b' }));
    expect(await seen(visitor(app), 'winner')).toBe('B後');
    expect(await seen(agreed(), 'winner')).toBe('B後');
    read(await admin.post(`/crm/experiments/${id}/stop`));
    expect(await seen(agreed(), 'winner')).toBe('A後');
  });

  it('flags shares that cannot be chance, and then names no winner', async () => {
    const id = await running(bought);
    await fill(id, { a: [600, 60], b: [450, 140] });
    const { result } = await detail(id);
    expect(result).toMatchObject({ verdict: 'ratio-mismatch', winner: null });
    expect(result?.ratioP).toBeLessThan(0.001);
  });

  it('makes a winner permanent by itself where that was set, after its days', async () => {
    const id = await running({ ...bought, automatic: true, minimumDays: 3 });
    const manual = await running(bought);
    const undecided = await running({ ...bought, automatic: true, minimumDays: 3 });
    await tested('automatic', id);
    await fill(id, { a: [600, 60], b: [610, 180] });
    await fill(manual, { a: [600, 60], b: [610, 180] });
    await fill(undecided, { a: [600, 60], b: [610, 66] });
    const settle = () => kernel().jobs(app.strapi).fire('experiments.settle');
    await settle();
    expect((await detail(id)).state).toBe('running');
    kernel()
      .clock(app.strapi)
      .advance(3 * DAY);
    await settle();
    expect(await detail(id)).toMatchObject({ state: 'permanent', winner: 'b' });
    expect((await detail(manual)).state).toBe('running');
    expect((await detail(undecided)).state).toBe('running');
    expect(await seen(visitor(app), 'automatic')).toBe('B後');
  });
});

describe('a holdout', () => {
  it('sees what everybody saw before, and is counted apart', async () => {
    const id = await running({ holdout: 10 });
    await tested('holdout', id);
    const { variants } = await detail(id);
    const browser = browserIn('holdout', { documentId: id, variants, holdout: 10 });
    expect(await seen(agreed(browser), 'holdout')).toBe('A後');
    expect(await people(id)).toEqual([{ unit: `v:${browser}`, variant: 'holdout' }]);
    expect((await detail(id)).result).toMatchObject({
      holdout: { people: 1, converted: 0 },
      goals: [{ variants: [{ people: 0 }, { people: 0 }] }],
    });
  });
});

describe('an A/B test of pages', () => {
  it('answers with the other entry at the same address, gated as that entry is', async () => {
    const one = await publish('page-one', [callout('一つ目')]);
    const other = await publish('page-other', [
      callout('二つ目'),
      callout('会員', { type: 'members' }),
    ]);
    const variants = [
      { ...input.variants[0], documentId: one },
      { ...input.variants[1], documentId: other },
    ];
    const id = await running({ pageType: 'api::article.article', variants });
    const { holdout, variants: own } = await detail(id);
    const experiment = { documentId: id, variants: own, holdout };
    const inA = agreed(browserIn('a', experiment));
    const inB = agreed(browserIn('b', experiment));
    expect(await seen(inA, 'page-one')).toBe('一つ目');
    expect(await seen(inB, 'page-one')).toBe('二つ目');
    expect(await inB.html('/articles/page-one')).toContain('<h2>二つ目</h2>');
    expect(await seen(visitor(app), 'page-one')).toBe('一つ目');
    expect(await seen(inA, 'page-other'), 'at its own address it is itself').toBe('二つ目');
    expect(await people(id)).toHaveLength(2);
    const answer = await visitor(app).get('/articles/page-one');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });
});

describe('the admin', () => {
  it('refuses what makes no test', async () => {
    const one = input.variants[0];
    for (const wrong of [
      { ...input, variants: [one] },
      { ...input, variants: [one, one] },
      { ...input, goals: [] },
      { ...input, holdout: 80 },
      { ...input, pageType: 'api::article.article' },
      { ...input, name: '' },
    ]) {
      expect((await admin.post('/crm/experiments', wrong)).status).toBe(400);
    }
  });

  it('lets nobody change what has started', async () => {
    const id = await running();
    expect((await admin.put(`/crm/experiments/${id}`, input)).status).toBe(409);
    expect((await admin.delete(`/crm/experiments/${id}`)).status).toBe(409);
    expect((await admin.post(`/crm/experiments/${id}/start`)).status).toBe(409);
    expect((await admin.post(`/crm/experiments/${id}/permanent`, { winner: 'd' })).status).toBe(
      400,
    );
    expect((await admin.get('/crm/experiments/none')).status).toBe(404);
  });

  it('offers the pages a test may choose between, drafts left out', async () => {
    await publish('offered', [callout('x')]);
    const articles = app.strapi.documents('api::article.article' as never) as unknown as Documents;
    await articles.create({ locale: 'ja', data: { title: 'unpublished', slug: 'unpublished' } });
    const offered = JSON.stringify((await admin.get('/crm/experiments/pages')).body);
    expect(offered).toContain('"title":"offered"');
    expect(offered).not.toContain('unpublished');
  });

  it('asks for the permission, and offers what runs to the editor of audiences', async () => {
    const id = await running({ name: '選べるテスト' });
    const reader = await adminClient(app, ['experiments.read', 'access.edit']);
    expect((await reader.get('/crm/experiments')).status).toBe(200);
    expect((await reader.post('/crm/experiments', input)).status).toBe(403);
    const nobody = await adminClient(app, []);
    expect((await nobody.get(`/crm/experiments/${id}`)).status).toBe(403);
    const choices = await reader.get('/crm/access/choices');
    expect(JSON.stringify(choices.body)).toContain('選べるテスト');
  });
});
