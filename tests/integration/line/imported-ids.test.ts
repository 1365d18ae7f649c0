/** LINE's user ids in a customer file: friends become known, and a file opens nobody's login. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { bring, counts, CUSTOMERS, importJobs, reasons } from '../customers/importing';
import { startLineLab, type LineLab } from './campaign-lab';

let lab: LineLab;
beforeAll(async () => {
  lab = await startLineLab();
});
afterAll(() => lab.world.stop());
beforeEach(() => lab.clear());

const app = () => lab.world.app;
const db = () => app().strapi.db.connection;

/** Friends at the account of whom nobody knows who they are. */
async function strangers(count: number): Promise<string[]> {
  const userIds = Array.from(
    { length: count },
    (_, place) => `U${String(place).padStart(32, 'a')}`,
  );
  await db()('crm_line_friends').insert(
    userIds.map((userId) => ({
      ...{ account: 'main', user_id: userId, status: 'following' },
      ...{ status_at: 1, followed_at: 1, last_event_at: 1 },
    })),
  );
  return userIds;
}
const numbersOfFriends = async (): Promise<(string | null)[]> => {
  const rows: { number: string | null }[] = await db()('crm_line_friends as friend')
    .leftJoin('crm_customers as customer', 'customer.id', 'friend.customer_id')
    .orderBy('friend.user_id')
    .select('customer.customer_number as number');
  return rows.map(({ number }) => number);
};
const identities = async (): Promise<{ value: string; verified_at: unknown }[]> =>
  db()('crm_identities').where({ kind: 'line' }).select('value', 'verified_at').orderBy('value');

async function importFile(text: string): Promise<number> {
  const imports = importJobs(app(), lab.admin);
  const draft = await imports.upload(Buffer.from(text));
  await imports.queue(draft);
  await imports.idle();
  return draft.id;
}

it('makes friends known whom nobody knew, and keeps a wrong id out', async () => {
  const [a = '', b = '', c = ''] = await strangers(3);
  const unknown = `U${'f'.repeat(32)}`;
  const file = [
    '会員番号,メールアドレス,LINEユーザーID',
    `L-1,l1@example.jp,${a}`,
    `L-2,l2@example.jp,${b}`,
    `L-3,l3@example.jp,${unknown}`,
    // Of two people with the same id the first has it.
    `L-4,l4@example.jp,${a}`,
    'L-5,l5@example.jp,',
    'L-6,l6@example.jp,taro',
  ].join('\n');
  const result = await bring(lab.admin, CUSTOMERS, file);
  expect(counts(result)).toEqual([5, 0, 0, 1]);
  expect(reasons(result)).toEqual([[7, 'LINEユーザーID', 'invalid-line-id']]);
  expect(await numbersOfFriends()).toEqual(['L-1', 'L-2', null]);
  expect((await identities()).map(({ value }) => value)).toEqual([a, b, unknown].sort());
  expect((await identities()).every((row) => row.verified_at === null)).toBe(true);
  // Brought in again, with another id for her: what is known stays.
  const again = `会員番号,LINEユーザーID\nL-1,${c}\nL-2,${b}`;
  expect(counts(await bring(lab.admin, CUSTOMERS, again))).toEqual([0, 0, 2, 0]);
  expect(await numbersOfFriends()).toEqual(['L-1', 'L-2', null]);
});

it('is known as soon as she adds the account', async () => {
  const body = { count: 1, displayName: '後から来た友だち', friend: false };
  const { userIds } = (await lab.world.act('POST', 'users/bulk', body)) as { userIds: string[] };
  const [later = ''] = userIds;
  await bring(lab.admin, CUSTOMERS, `会員番号,LINEユーザーID\nM-1,${later}`);
  await lab.world.act('PUT', 'channel', {
    webhookUrl: `${app().origin}/api/crm/line/webhook/main`,
  });
  await lab.world.act('POST', `users/${later}/follow`);
  await lab.world.drain();
  expect(await numbersOfFriends()).toEqual(['M-1']);
});

it('is taken back with the import, but for what she has proved since', async () => {
  const [a = '', b = ''] = await strangers(2);
  const id = await importFile(`会員番号,LINEユーザーID\nN-1,${a}\nN-2,${b}`);
  expect(await numbersOfFriends()).toEqual(['N-1', 'N-2']);
  await db()('crm_identities').where({ value: b }).update({ verified_at: Date.now() });
  const imports = importJobs(app(), lab.admin);
  expect((await imports.command(id, 'undo')).status).toBe(200);
  await imports.idle();
  expect(await imports.find(id)).toMatchObject({ status: 'undone', undone: 1, kept: 1 });
  expect(await numbersOfFriends()).toEqual([null, 'N-2']);
  expect((await identities()).map(({ value }) => value)).toEqual([b]);
});
