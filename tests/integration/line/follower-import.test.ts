/** Friends from before we listened: listed, named at a pace, greeted by nobody. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { kernel } from '../../support/crm';
import { startLineLab, type LineLab } from './campaign-lab';

let lab: LineLab;
beforeAll(async () => {
  lab = await startLineLab({ LINE_PROFILES_PER_SECOND: '1000' });
});
afterAll(() => lab.world.stop());
beforeEach(async () => {
  await lab.clear();
  await db()('crm_line_imports').delete();
  await db()('crm_line_history').delete();
  await lab.world.act('PUT', 'channel', {
    verified: true,
    webhookUrl: `${lab.world.app.origin}/api/crm/line/webhook/main`,
  });
});

const db = () => lab.world.app.strapi.db.connection;
const jobs = () => kernel().jobs(lab.world.app.strapi);
const platform = () => lab.world.emulator.platform;

/** Friends of the account of whom no event ever told. */
async function strangers(count: number): Promise<string[]> {
  const body = { count, displayName: '古い友だち', friend: true };
  const { userIds } = (await lab.world.act('POST', 'users/bulk', body)) as { userIds: string[] };
  return userIds;
}
/** LINE refuses the next call there. */
const tooFast = (path: string) =>
  lab.world.act('POST', 'faults', { kind: 'rate-limit', path, count: 1 });
/** As the schedule does every half a minute. */
const work = () => jobs().fire('line.follower-import-sweep');
const wish = (action: 'start' | 'stop', account = 'main') =>
  lab.admin.post(`/crm/line/imports/${account}`, { action });
const state = async () =>
  ((await lab.admin.get('/crm/line/imports')).body as { data: Record<string, unknown>[] }).data[0];
const friends = async (): Promise<Record<string, unknown>[]> =>
  db()('crm_line_friends').orderBy('id');
const asked = (part: string) =>
  platform()
    .requestLog.list()
    .filter(({ path }) => path.includes(part));
const reach = async () =>
  (await lab.world.line().lineService(lab.world.app.strapi).friendNumbers()).following;

describe('an import of followers', () => {
  it('reads every page and every name, and greets nobody', async () => {
    const userIds = await strangers(2_030);
    expect(await wish('start')).toMatchObject({ status: 200 });
    await work();
    expect(await state()).toMatchObject({
      state: 'done',
      found: 2_030,
      added: 2_030,
      named: 2_030,
      problem: null,
    });
    expect(asked('/followers/ids')).toHaveLength(3);
    const rows = await friends();
    expect(new Set(rows.map((row) => row.user_id))).toEqual(new Set(userIds));
    expect(rows.every((row) => row.status === 'following' && row.display_name !== null)).toBe(true);
    expect(await reach()).toBe(2_030);
    expect(asked('/message/')).toEqual([]);
    expect(await db()('crm_line_history').select('id')).toEqual([]);
  }, 60_000);

  it('changes nothing twice, and leaves alone whom we knew', async () => {
    const [known = ''] = await lab.friends(1);
    await strangers(20);
    await db()('crm_line_friends').where({ user_id: known }).update({ display_name: '花子' });
    for (const run of [1, 2]) {
      await wish('start');
      await work();
      expect(await state()).toMatchObject({ state: 'done', found: 21, added: run === 1 ? 20 : 0 });
    }
    const rows = await friends();
    expect(rows).toHaveLength(21);
    expect(rows.find((row) => row.user_id === known)).toMatchObject({
      display_name: '花子',
      imported_at: null,
    });
    expect(asked('/profile/')).toHaveLength(20);
  });

  it('says so where LINE gives no list to this account', async () => {
    await strangers(3);
    await lab.world.act('PUT', 'channel', { verified: false });
    await wish('start');
    await work();
    expect(await state()).toMatchObject({ state: 'refused', found: 0 });
    expect(await friends()).toEqual([]);
    // Verified since then: asked again, it begins anew.
    await lab.world.act('PUT', 'channel', { verified: true });
    await wish('start');
    await work();
    expect(await state()).toMatchObject({ state: 'done', found: 3 });
  });

  it('waits where LINE is too busy, and goes on where it was', async () => {
    await strangers(1_030);
    await tooFast('/v2/bot/profile');
    await wish('start');
    await work();
    const waiting = await state();
    expect(waiting).toMatchObject({ state: 'running', found: 1_030, problem: 'rate-limit' });
    expect(waiting?.named).toBeLessThan(100);
    await work();
    expect(await state()).toMatchObject({ state: 'running', named: waiting?.named });
    kernel().clock(lab.world.app.strapi).advance(60_001);
    await work();
    expect(await state()).toMatchObject({ state: 'done', added: 1_030, named: 1_030 });
    expect(asked('/followers/ids')).toHaveLength(2);
  }, 60_000);

  it('stops when told to, and goes on from there', async () => {
    await strangers(1_020);
    await tooFast('/v2/bot/profile');
    await wish('start');
    await work();
    expect(await state()).toMatchObject({ state: 'running', added: 1_020 });
    await wish('stop');
    kernel().clock(lab.world.app.strapi).advance(3_600_000);
    await work();
    const stopped = await state();
    expect(stopped).toMatchObject({ state: 'stopped' });
    expect(stopped?.named).toBeLessThan(1_020);
    await wish('start');
    await work();
    expect(await state()).toMatchObject({ state: 'done', found: 1_020, named: 1_020 });
    expect(asked('/followers/ids')).toHaveLength(2);
  }, 60_000);

  it('begins again where LINE has forgotten the page', async () => {
    await strangers(1_010);
    await tooFast('/v2/bot/followers');
    await wish('start');
    await work();
    await db()('crm_line_imports').update({ cursor: 'bm90LWEtcGFnZQ', due_at: 0 });
    await work();
    expect(await state()).toMatchObject({ state: 'done', found: 1_010, added: 1_010 });
  }, 60_000);
});

describe('who was imported', () => {
  it('is out of reach once she blocks, and no new friend when she comes back', async () => {
    const [userId = ''] = await strangers(1);
    await wish('start');
    await work();
    expect(await reach()).toBe(1);
    await lab.world.act('POST', `users/${userId}/block`, {});
    await lab.world.drain();
    expect(await reach()).toBe(0);
    const now = kernel().clock(lab.world.app.strapi).now().getTime();
    await db()('crm_line_route_claims').insert({ user_id: userId, route: 'poster', at: now });
    await lab.world.act('POST', `users/${userId}/follow`, {});
    await lab.world.drain();
    expect(await reach()).toBe(1);
    const [row] = await friends();
    expect(row).toMatchObject({ status: 'following', route: null });
    await db()('crm_line_route_claims').delete();
  });

  it('follows again though we missed the event, unless a later event says otherwise', async () => {
    const [missed = '', gone = ''] = await lab.friends(2);
    const past = Date.now() - 86_400_000;
    await db()('crm_line_friends')
      .where({ user_id: missed })
      .update({ status: 'blocked', status_at: past });
    await db()('crm_line_friends')
      .where({ user_id: gone })
      .update({ status: 'blocked', status_at: Date.now() + 86_400_000 });
    await wish('start');
    await work();
    const rows = await friends();
    expect(rows.find((row) => row.user_id === missed)?.status).toBe('following');
    expect(rows.find((row) => row.user_id === gone)?.status).toBe('blocked');
  });

  it('is the customer who logged in with LINE before', async () => {
    const [userId = ''] = await strangers(1);
    const [other = ''] = await lab.friends(1);
    const customer = (await db()('crm_line_friends').where({ user_id: other }).first()) as {
      customer_id: number;
    };
    await db()('crm_identities').insert({
      customer_id: customer.customer_id,
      kind: 'line',
      value: userId,
      created_at: Date.now(),
    });
    await wish('start');
    await work();
    const row = (await friends()).find((each) => each.user_id === userId);
    expect(Number(row?.customer_id)).toBe(Number(customer.customer_id));
  });
});

it('of an account that is not ours, or by somebody without the right, is refused', async () => {
  expect((await wish('start', 'closed')).status).toBe(404);
  const path = `${lab.world.app.origin}/crm/line/imports/main`;
  const post = { method: 'POST', body: '{"action":"start"}' };
  expect([401, 403]).toContain((await fetch(path, post)).status);
  expect(await state()).toBeUndefined();
});
