import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { kernel } from '../../support/crm';
import { startLineLab, type LineLab } from './campaign-lab';

let lab: LineLab;
beforeAll(async () => {
  lab = await startLineLab();
});
afterAll(() => lab.world.stop());
beforeEach(async () => {
  await lab.clear();
  const { app, act } = lab.world;
  await act('PUT', 'channel', { webhookUrl: `${app.origin}/api/crm/line/webhook/main` });
  for (const table of ['crm_line_messages', 'crm_line_webhook_events', 'crm_line_auto_replies']) {
    await app.strapi.db.connection(table).delete();
  }
});

interface Chat {
  readonly id: number;
  readonly unread: number;
  readonly hasOperator: boolean;
  readonly freeUntil: number | null;
  readonly last: { readonly text: string } | null;
  readonly displayName: string | null;
}

const says = async (userId: string, text: string) => {
  await lab.world.act('POST', `users/${userId}/text`, { text });
  await lab.world.drain();
};
const chats = async (query = '') =>
  ((await lab.admin.get(`/crm/line/chats${query}`)).body as { data: Chat[] }).data;
const chatOf = async () => {
  const [chat] = await chats();
  if (!chat) throw new Error('No conversation');
  return chat;
};
const answer = (id: number, text: string, sendKey: string = randomUUID()) =>
  lab.admin.post(`/crm/line/chats/${id}/messages`, { text, sendKey });
const texts = async (userId: string) =>
  (await lab.world.inbox(userId)).map(({ via, message }) => [via, message.text]);
const used = () => lab.world.emulator.platform.defaultChannel().quota.used;
const autoReply = (data: object) =>
  lab.world.app.strapi.documents('plugin::crm.line-auto-reply' as never).create({
    data: { name: '案内', active: true, order: 1, days: 'every-day', ...data } as never,
  });

describe('a conversation', () => {
  it('is unread until somebody reads it, and stands on top when she writes', async () => {
    const [first = '', second = ''] = await lab.friends(2);
    await says(first, 'こんにちは');
    await says(second, 'はじめまして');
    await says(first, '在庫はありますか');
    expect((await chats()).map(({ unread, last }) => [unread, last?.text])).toEqual([
      [2, '在庫はありますか'],
      [1, 'はじめまして'],
    ]);
    const { id } = await chatOf();
    await lab.admin.post(`/crm/line/chats/${id}/read`, {});
    expect(await chats('?filter=unread')).toHaveLength(1);
    const { body } = await lab.admin.get(`/crm/line/chats/${id}`);
    expect(body).toMatchObject({
      data: {
        chat: { unread: 0 },
        messages: [{ text: '在庫はありますか' }, { text: 'こんにちは' }],
      },
    });
  });

  it('is answered for nothing while the reply token lives, and by push afterwards', async () => {
    const [friend = ''] = await lab.friends(1);
    await says(friend, '在庫はありますか');
    const { id, freeUntil } = await chatOf();
    expect(freeUntil).toBeGreaterThan(Date.now());
    expect((await answer(id, 'ございます。')).body).toMatchObject({ data: { by: 'reply' } });
    expect(used()).toBe(0);
    expect((await answer(id, 'お取り置きしますか。')).body).toMatchObject({ data: { by: 'push' } });
    expect(used()).toBe(1);
    await says(friend, 'お願いします');
    kernel().clock(lab.world.app.strapi).advance(61_000);
    expect((await chatOf()).freeUntil).toBeNull();
    expect((await answer(id, 'かしこまりました。')).body).toMatchObject({ data: { by: 'push' } });
    expect(await texts(friend)).toEqual([
      ['reply', 'ございます。'],
      ['push', 'お取り置きしますか。'],
      ['push', 'かしこまりました。'],
    ]);
    // Nothing leaves without a verdict, and why it might stands with it.
    const kept = await lab.world.app.strapi.db
      .connection('crm_line_messages')
      .where({ user_id: friend })
      .orderBy('id')
      .select('direction', 'guard_verdict', 'guard_reason');
    const [hers, ours] = [
      { direction: 'in', guard_verdict: null, guard_reason: null },
      { direction: 'out', guard_verdict: 'allow', guard_reason: 'conversation' },
    ];
    expect(kept).toEqual([hers, ours, ours, hers, ours]);
  });

  it('goes on by push where LINE refuses the token, and stops where nobody can tell', async () => {
    const [friend = ''] = await lab.friends(1);
    await says(friend, 'こんにちは');
    const { id } = await chatOf();
    await lab.world.app.strapi.db.connection('crm_line_friends').update({ reply_token: 'gone' });
    expect((await answer(id, 'やあ')).body).toMatchObject({ data: { by: 'push' } });
    await says(friend, 'もしもし');
    await lab.world.act('POST', 'faults', {
      kind: 'error-500-after-accept',
      path: '/v2/bot/message/reply',
    });
    const unsure = await answer(id, 'はい');
    expect([unsure.status, unsure.body]).toMatchObject([
      409,
      { error: { code: 'line.chat-unsure' } },
    ]);
    expect((await texts(friend)).map(([, text]) => text)).toEqual(['やあ', 'はい']);
  });

  it('gets one message however often the button is pressed', async () => {
    const [friend = ''] = await lab.friends(1);
    await says(friend, 'こんにちは');
    const { id } = await chatOf();
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => answer(id, 'いらっしゃいませ', key)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await texts(friend)).toEqual([['reply', 'いらっしゃいませ']]);
  });

  it('with somebody who has blocked the account cannot go on', async () => {
    const [friend = ''] = await lab.friends(1);
    await says(friend, 'こんにちは');
    await lab.world.act('POST', `users/${friend}/block`, { timestamp: Date.now() + 1_000 });
    await lab.world.drain();
    const refused = await answer((await chatOf()).id, '待ってください');
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { error: { code: 'line.chat-blocked' } },
    ]);
  });
});

describe('automatic answers', () => {
  it('fit the words and the hour, cost nothing, and are silent while an operator answers', async () => {
    const [friend = ''] = await lab.friends(1);
    await autoReply({ match: 'contains', keywords: '営業時間\n何時まで', reply: '20時までです。' });
    await says(friend, '今日は何時までですか');
    await says(friend, 'ありがとう');
    expect(await texts(friend)).toEqual([['reply', '20時までです。']]);
    expect(used()).toBe(0);
    const { id } = await chatOf();
    await lab.admin.post(`/crm/line/chats/${id}/handler`, { handler: 'operator' });
    await says(friend, '営業時間は？');
    await says(friend, '連携');
    expect(await texts(friend)).toHaveLength(1);
    expect(await chats('?filter=operator')).toHaveLength(1);
    await lab.admin.post(`/crm/line/chats/${id}/handler`, { handler: 'bot' });
    await says(friend, '営業時間は？');
    expect(await texts(friend)).toHaveLength(2);
  });

  it('go by the clock of the site', async () => {
    const [friend = ''] = await lab.friends(1);
    const night = { match: 'any-message', from: '20:00:00', until: '11:00:00' };
    await autoReply({ ...night, reply: '本日の営業は終了しました。' });
    const at = (time: string) => ({
      text: 'もしもし',
      timestamp: Date.parse(`2026-11-24T${time}`),
    });
    await lab.world.act('POST', `users/${friend}/text`, at('21:00:00+09:00'));
    await lab.world.act('POST', `users/${friend}/text`, at('12:00:00+09:00'));
    await lab.world.act('POST', `users/${friend}/text`, at('10:59:00+09:00'));
    await lab.world.drain();
    expect(await texts(friend)).toHaveLength(2);
  });

  it('greet new friends in the operator’s words, and ask them to link', async () => {
    const greeting = { match: 'follow', reply: '{{ name }}さん、{{ account }}へようこそ。' };
    await autoReply({ ...greeting, reply: '別の店です。', account: 'another' });
    await autoReply({ ...greeting, order: 2 });
    const greeted = async (name: string) => {
      const userId = await lab.world.person(name);
      await lab.world.act('POST', `users/${userId}/follow`);
      await lab.world.drain();
      return texts(userId);
    };
    const { name: account } = lab.world.emulator.platform.defaultChannel();
    const [first, link] = await greeted('高橋 花子');
    expect(first).toEqual(['reply', `高橋 花子さん、${account}へようこそ。`]);
    expect(link?.[0]).toBe('reply');
    const [friend = ''] = await lab.friends(1);
    await lab.world.act('POST', `users/${friend}/unfollow`);
    await lab.world.act('POST', `users/${friend}/follow`);
    await lab.world.drain();
    expect((await texts(friend)).map(([, text]) => text)).toEqual([
      expect.stringContaining('へようこそ。'),
    ]);
    expect(used()).toBe(0);
  });
});
