/** The people in A/B tests: counted once, whoever they turn out to be, and when they leave. */
import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { compiled, kernel } from '../../support/crm';
import { memberOfTier, visitor } from '../../support/site';
import { openWorld, type ExperimentWorld } from './world';

type Customers = typeof import('../../../src/plugins/crm/server/customers');
type Commerce = typeof import('../../../src/plugins/crm/server/commerce');
type Domain = typeof import('../../../src/plugins/crm/server/experiments/domain/assign');

let world: ExperimentWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.app.stop());
afterEach(() => kernel().clock(world.app.strapi).reset());

const counted = async (id: string): Promise<number> =>
  (await world.detail(id)).result?.goals[0]?.variants.reduce(
    (sum, { people }) => sum + people,
    0,
  ) ?? -1;

describe('somebody who logs in', () => {
  it('keeps the variant of a browser whose owner becomes known, and counts her once', async () => {
    const id = await world.running();
    await world.tested('login', id);
    const { variants, holdout } = await world.detail(id);
    const experiment = { documentId: id, variants, holdout };
    const member = await memberOfTier(world.app, 'regular');
    const { groupOf } = compiled<Domain>('experiments/domain/assign');
    const other = groupOf(experiment, `c:${member.customerId}`) === 'a' ? 'b' : 'a';
    const browser = world.browserIn(other, experiment);
    const expected = `${other.toUpperCase()}後`;
    expect(await world.seen(world.agreed(browser), 'login')).toBe(expected);
    const both = visitor(world.app, `crm_visitor=${browser}; ${member.cookie}`);
    expect(await world.seen(both, 'login')).toBe(expected);
    expect(await world.seen(member, 'login'), 'on another device').toBe(expected);
    expect(await world.people(id)).toEqual([{ unit: `c:${member.customerId}`, variant: other }]);
  });

  it('counts once who met it on two devices before and after logging in', async () => {
    const id = await world.running();
    await world.tested('devices', id);
    const member = await memberOfTier(world.app, 'regular');
    const expected = await world.seen(member, 'devices');
    const browser = randomUUID();
    await world.seen(world.agreed(browser), 'devices');
    expect(await counted(id), 'nobody knows yet that it is she').toBe(2);
    const both = visitor(world.app, `crm_visitor=${browser}; ${member.cookie}`);
    expect(await world.seen(both, 'devices')).toBe(expected);
    expect(await counted(id)).toBe(1);
    await world.seen(world.agreed(browser), 'devices');
    expect(await counted(id), 'after logging out').toBe(1);
  });

  it('sees the same after logging out, uncounted, and leaves a shared browser to the next', async () => {
    const id = await world.running();
    await world.tested('logged-out', id);
    const [member, next] = [
      await memberOfTier(world.app, 'regular'),
      await memberOfTier(world.app, 'regular'),
    ];
    const { variants, holdout } = await world.detail(id);
    const { groupOf } = compiled<Domain>('experiments/domain/assign');
    const groupFor = (unit: string) => groupOf({ documentId: id, variants, holdout }, unit);
    const own = groupFor(`c:${member.customerId}`);
    const browser = world.browserIn(own === 'a' ? 'b' : 'a', { documentId: id, variants, holdout });
    const inBrowser = (cookie: string) => visitor(world.app, `crm_visitor=${browser}; ${cookie}`);
    const first = await world.seen(inBrowser(member.cookie), 'logged-out');
    expect(first).toBe(`${own.toUpperCase()}後`);
    expect(await world.seen(world.agreed(browser), 'logged-out')).toBe(first);
    expect(await counted(id)).toBe(1);
    const theirs = groupFor(`c:${next.customerId}`).toUpperCase();
    expect(await world.seen(inBrowser(next.cookie), 'logged-out')).toBe(`${theirs}後`);
    expect(await counted(id)).toBe(2);
  });

  it('counts once when many pages of hers are asked for at the same moment', async () => {
    const id = await world.running();
    await world.tested('at-once', id);
    const member = await memberOfTier(world.app, 'regular');
    const browser = randomUUID();
    await world.seen(world.agreed(browser), 'at-once');
    const both = visitor(world.app, `crm_visitor=${browser}; ${member.cookie}`);
    const seen = await Promise.all(Array.from({ length: 8 }, () => world.seen(both, 'at-once')));
    expect(new Set(seen).size).toBe(1);
    expect(await counted(id)).toBe(1);
  });

  it('gets her page also when counting fails', async () => {
    const id = await world.running();
    await world.tested('uncountable', id);
    const rename = (from: string, to: string) =>
      world.app.strapi.db.connection.schema.alterTable('crm_experiment_people', (table) => {
        table.renameColumn(from, to);
      });
    await rename('exposed_at', 'exposed_at_away');
    try {
      expect(await world.seen(world.agreed(), 'uncountable')).toMatch(/^[AB]後$/);
    } finally {
      await rename('exposed_at_away', 'exposed_at');
    }
    expect(await counted(id)).toBe(0);
  });
});

describe('somebody who leaves', () => {
  it('has a copy of what she met, and is then nobody, while the counts stay', async () => {
    const id = await world.running();
    await world.tested('leaving', id);
    const member = await memberOfTier(world.app, 'regular');
    await world.seen(
      visitor(world.app, `${member.cookie}; crm_visitor=${randomUUID()}`),
      'leaving',
    );
    const own = kernel()
      .personalData.members(world.app.strapi)
      .find(({ key }) => key === 'experiments');
    const copy = await own?.copy(member.customerId ?? 0);
    expect(copy).toMatchObject([{ experiment: id }]);
    await kernel().inTransaction(
      world.app.strapi,
      (unit) => own?.erase(unit, member.customerId ?? 0) ?? Promise.resolve(),
    );
    expect(await own?.copy(member.customerId ?? 0)).toEqual([]);
    const left = await kernel()
      .database(world.app.strapi)('crm_experiment_people')
      .where({ experiment: id });
    expect(left, 'the row of her browser is gone').toMatchObject([
      { customer_id: null, visitor_id: null },
    ]);
    expect(left[0].unit).toMatch(/^x:/);
  });

  it('is nobody also when a whole import is taken back, and nobody else is', async () => {
    const id = await world.running();
    await world.tested('taken-back', id);
    const [going, staying] = [
      await memberOfTier(world.app, 'regular'),
      await memberOfTier(world.app, 'regular'),
    ];
    for (const { cookie } of [going, staying]) {
      await world.seen(visitor(world.app, `${cookie}; crm_visitor=${randomUUID()}`), 'taken-back');
    }
    const { customerLinks } = compiled<Customers>('customers');
    const links = customerLinks.members(world.app.strapi).find(({ key }) => key === 'experiments');
    await kernel().inTransaction(world.app.strapi, async (unit) => {
      await links?.removed?.(unit, [987_654, going.customerId ?? 0]);
    });
    const rows: { customer_id: number | null }[] = await kernel()
      .database(world.app.strapi)('crm_experiment_people')
      .where({ experiment: id });
    const owners = new Set(rows.map(({ customer_id }) => customer_id));
    expect(owners).toEqual(new Set([null, staying.customerId]));
    expect(rows.filter(({ customer_id }) => customer_id === null)).toHaveLength(1);
  });
});

describe('somebody who bought and then left', () => {
  it('stays one who bought', async () => {
    const id = await world.running();
    await world.tested('bought', id);
    const { strapi } = world.app;
    const [buyer, other] = [
      await memberOfTier(world.app, 'regular'),
      await memberOfTier(world.app, 'regular'),
    ];
    for (const reader of [buyer, other]) await world.seen(reader, 'bought');
    const { commerceService } = compiled<Commerce>('commerce');
    const at = kernel().clock(strapi).now();
    await kernel().inTransaction(strapi, (unit) =>
      commerceService(strapi).recordOrders(unit, [
        {
          orderNumber: randomUUID(),
          customerId: buyer.customerId ?? 0,
          orderedAt: at,
          status: 'paid',
          total: 1000,
          lines: [],
        },
      ]),
    );
    const converted = async () =>
      (await world.detail(id)).result?.goals[0]?.variants.reduce(
        (sum, variant) => sum + variant.converted,
        0,
      );
    expect(await converted()).toBe(1);
    const sources = [...kernel().personalData.members(strapi)].reverse();
    for (const reader of [buyer, other]) {
      await kernel().inTransaction(strapi, async (unit) => {
        for (const source of sources) await source.erase(unit, reader.customerId ?? 0);
      });
    }
    expect(await converted()).toBe(1);
    expect(await counted(id)).toBe(2);
  });
});

describe('two records that turn out to be one person', () => {
  it('count once, keep what the one that stays met, and can be parted again', async () => {
    const { app } = world;
    const [both, only] = [await world.running(), await world.running()];
    await world.tested('merge-both', both);
    await world.tested('merge-only', only);
    const [from, to] = [await memberOfTier(app, 'regular'), await memberOfTier(app, 'regular')];
    await world.seen(from, 'merge-both');
    await world.seen(from, 'merge-only');
    await world.seen(to, 'merge-both');
    const links = compiled<Customers>('customers')
      .customerLinks.members(app.strapi)
      .find(({ key }) => key === 'experiments');
    const [a, b] = [from.customerId ?? 0, to.customerId ?? 0];
    const before = [await world.people(both), await world.people(only)];
    const moved = await kernel().inTransaction(app.strapi, async (unit) => links?.move(unit, a, b));
    expect((await world.people(both)).map(({ unit }) => unit)).toEqual([`c:${b}`]);
    expect((await world.people(only)).map(({ unit }) => unit)).toEqual([`c:${b}`]);
    const stored: unknown = JSON.parse(JSON.stringify(moved));
    await kernel().inTransaction(app.strapi, async (unit) => links?.giveBack(unit, a, b, stored));
    expect(await world.people(both)).toEqual(expect.arrayContaining(before[0] ?? []));
    expect(await world.people(only)).toEqual(before[1]);
  });
});
