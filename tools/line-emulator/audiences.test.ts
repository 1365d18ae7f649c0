import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, type TestWorld } from './test/client';

let world: TestWorld;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.emulator.close());

const messages = [{ type: 'text', text: '新着のお知らせ' }];

const people = async (count: number, demographics: object): Promise<string[]> =>
  (await world.admin('POST', 'users/bulk', { count, demographics })).json.userIds as string[];

const audienceOf = async (userIds: readonly string[]): Promise<number> => {
  const { json } = await world.api('POST', '/v2/bot/audienceGroup/upload', {
    description: '新着',
    audiences: userIds.map((id) => ({ id })),
  });
  return Number(json.audienceGroupId);
};
const statusOf = async (id: number) =>
  (await world.api('GET', `/v2/bot/audienceGroup/${id}`)).json.audienceGroup;

const narrowcast = (audienceGroupId: number, demographic: object, limit?: object) =>
  world.api('POST', '/v2/bot/message/narrowcast', {
    messages,
    recipient: { type: 'audience', audienceGroupId },
    filter: { demographic },
    ...(limit ? { limit } : {}),
  });
const progressOf = async (accepted: { headers: Headers }) => {
  await world.admin('POST', 'clock', { advanceMs: 5_000 });
  const id = accepted.headers.get('x-line-request-id');
  return (await world.api('GET', `/v2/bot/message/progress/narrowcast?requestId=${id}`)).json;
};

const WOMEN_OF_TOKYO = {
  type: 'operator',
  and: [
    { type: 'gender', oneOf: ['female'] },
    { type: 'area', oneOf: ['jp_13'] },
    { type: 'age', gte: 'age_30', lt: 'age_40' },
  ],
};

describe('an audience', () => {
  it('is ready a moment after people were added, and is no more once deleted', async () => {
    const [one = '', two = ''] = await people(2, {});
    const id = await audienceOf([one]);
    expect(await statusOf(id)).toMatchObject({ status: 'IN_PROGRESS', audienceCount: 1 });
    await world.admin('POST', 'clock', { advanceMs: 2_000 });
    expect(await statusOf(id)).toMatchObject({ status: 'READY' });
    const body = { audienceGroupId: id, audiences: [{ id: one }, { id: two }] };
    expect((await world.api('PUT', '/v2/bot/audienceGroup/upload', body)).status).toBe(202);
    expect(await statusOf(id)).toMatchObject({ status: 'IN_PROGRESS', audienceCount: 2 });
    const listed = await world.api(
      'GET',
      '/v2/bot/audienceGroup/list?page=1&description=%E6%96%B0',
    );
    expect(listed.json).toMatchObject({ totalCount: 1 });
    expect((await world.api('DELETE', `/v2/bot/audienceGroup/${id}`)).status).toBe(200);
    expect((await world.api('GET', `/v2/bot/audienceGroup/${id}`)).status).toBe(400);
  });
});

describe('a narrowcast to an audience', () => {
  it('reaches those of it whom LINE knows as asked for, and nobody else', async () => {
    const tokyo = { gender: 'female', area: 'jp_13', age: 34, appType: 'ios' };
    const inside = await people(60, tokyo);
    const outside = await people(60, tokyo);
    const older = await people(20, { ...tokyo, age: 40 });
    const unknown = await people(5, {});
    const id = await audienceOf([...inside, ...older, ...unknown]);
    await world.admin('POST', 'clock', { advanceMs: 2_000 });
    const accepted = await narrowcast(id, WOMEN_OF_TOKYO);
    expect(accepted.status).toBe(202);
    expect(await progressOf(accepted)).toMatchObject({ phase: 'succeeded', successCount: 60 });
    const { friendships } = world.emulator.platform.defaultChannel();
    const got = (ids: readonly string[]) => ids.map((one) => friendships.get(one)?.received);
    expect(new Set(got(inside))).toEqual(new Set([1]));
    expect(new Set(got([...outside, ...older, ...unknown]))).toEqual(new Set([0]));
  });

  it('fails afterwards with fewer than 50 people, and at once below 100 friends', async () => {
    const few = await people(60, { gender: 'female', area: 'jp_13', age: 34 });
    const id = await audienceOf(few);
    await world.admin('POST', 'clock', { advanceMs: 2_000 });
    expect((await narrowcast(id, WOMEN_OF_TOKYO)).status).toBe(403);
    await people(60, {});
    const women = { type: 'gender', oneOf: ['male'] };
    expect(await progressOf(await narrowcast(id, women))).toMatchObject({
      phase: 'failed',
      errorCode: 2,
    });
  });

  it('goes whole or not at all where a part of the month’s messages is not enough', async () => {
    const all = await people(120, { gender: 'female' });
    const id = await audienceOf(all);
    await world.admin('POST', 'clock', { advanceMs: 2_000 });
    await world.admin('PUT', 'quota', { type: 'limited', value: 100, used: 0 });
    const women = { type: 'gender', oneOf: ['female'] };
    expect((await narrowcast(id, women)).status).toBe(429);
    const whole = { upToRemainingQuota: true, forbidPartialDelivery: true };
    expect(await progressOf(await narrowcast(id, women, whole))).toMatchObject({ errorCode: 5 });
    expect(await progressOf(await narrowcast(id, women, { max: 70 }))).toMatchObject({
      phase: 'succeeded',
      successCount: 70,
    });
  });
});
