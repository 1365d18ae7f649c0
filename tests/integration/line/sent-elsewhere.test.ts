/** Messages of other tools through our accounts: in the conversation, once, and told by nobody else. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { SHOP, startAccountsLab, type AccountsLab } from './accounts-lab';

const KEY = 'key-of-the-reservation-system';

let lab: AccountsLab;
beforeAll(async () => {
  lab = await startAccountsLab({ LINE_LOG_KEYS: `another-key-of-no-use,${KEY}` });
});
afterAll(() => lab.world.stop());
beforeEach(() => lab.begin());

const told = (userId: string | readonly string[], more: object = {}) => ({
  to: userId,
  messages: [{ type: 'text', text: '明日19時のご予約を承っています' }],
  requestId: '0d1e7b4e-9f8a-4a4f-8f1e-111111111111',
  source: '予約システム',
  ...more,
});
const tell = (body: unknown, { key = KEY, account = 'main' } = {}) =>
  fetch(`${lab.world.app.origin}/api/crm/line/sent/${account}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const rows = () => lab.world.rows('crm_line_messages');
const calls = async () => [...(await lab.calls('push')), ...(await lab.calls('multicast'))];

it('stands in her conversation with who sent it, once, and sends nothing', async () => {
  const userId = await lab.person(['main', 'shop']);
  for (const time of [1, 2]) {
    const answer = await tell(told(userId));
    expect([time, answer.status, await answer.json()]).toEqual([
      time,
      200,
      { logged: 1, unknown: 0 },
    ]);
  }
  expect(await rows()).toMatchObject([
    { account: 'main', user_id: userId, direction: 'out', source: '予約システム' },
  ]);
  const [friend] = await lab.world.rows('crm_line_friends');
  const { body } = await lab.admin.get(`/crm/line/chats/${String(friend?.id)}`);
  expect(body).toMatchObject({
    data: { messages: [{ text: '明日19時のご予約を承っています', source: '予約システム' }] },
  });
  const customer = await lab.admin.get(
    `/crm/customers/${String(friend?.customer_id)}/timeline?kinds=line`,
  );
  expect(JSON.stringify(customer.body)).toContain('明日19時のご予約');
  expect(await calls()).toEqual([]);
});

it('takes a multicast: only those who are friends of this very account', async () => {
  const [main, shop] = [await lab.person(['main']), await lab.person(['shop'])];
  const flex = { type: 'flex', altText: '本日のおすすめ', contents: { type: 'bubble' } };
  const nobody = `U${'0'.repeat(32)}`;
  const answer = await tell(told([main, shop, nobody, main], { messages: [flex] }));
  expect(await answer.json()).toEqual({ logged: 1, unknown: 2 });
  expect(await rows()).toMatchObject([{ user_id: main, type: 'flex', text: '本日のおすすめ' }]);
  const other = await tell(told([main, shop]), { account: 'shop' });
  expect(await other.json()).toEqual({ logged: 1, unknown: 1 });
  expect((await rows()).map((row) => [row.account, row.user_id])).toEqual([
    ['main', main],
    ['shop', shop],
  ]);
});

it.each([
  ['without a key', 401, {}, { key: '' }],
  ['with another key', 401, {}, { key: `${KEY}x` }],
  ['with the webhook’s secret', 401, {}, { key: SHOP.secret }],
  ['of an account that is not ours', 404, {}, { account: 'closed' }],
  ['of six messages', 400, { messages: Array(6).fill({ type: 'text', text: 'x' }) }, {}],
  ['to somebody who is no LINE user', 400, { to: "U' or 1=1" }, {}],
  ['to 501 people', 400, { to: Array(501).fill(`U${'0'.repeat(32)}`) }, {}],
  ['without a request id', 400, { requestId: undefined }, {}],
  ['from the future', 400, { sentAt: '2199-01-01T00:00:00Z' }, {}],
])('%s is refused', async (_what, status, change, how) => {
  const userId = await lab.person(['main']);
  expect((await tell(told(userId, change), how)).status).toBe(status);
  expect(await rows()).toEqual([]);
});
