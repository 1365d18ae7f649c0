/** Two official accounts of one provider: `main`, and `shop` with people, token and quota of its own. */
import { z } from 'zod';

import { startLineLab, type LineLab } from './campaign-lab';
import type { InboxMessage } from './world';

export const SHOP = {
  id: '1657000077',
  secret: 'f'.repeat(32),
  token: 'long-lived-token-of-the-shop',
  name: '縁レコード渋谷店',
} as const;

/** Which accounts a person follows; the one linked last comes last. */
export type Follows = readonly ('main' | 'shop')[];

export interface AccountsLab extends LineLab {
  /** Forgets everything; both accounts are there again. */
  begin(): Promise<void>;
  /** A linked customer who follows these; her LINE user id is the same at both. */
  person(follows: Follows): Promise<string>;
  inboxAt(account: 'main' | 'shop', userId: string): Promise<readonly InboxMessage[]>;
}

const inboxSchema = z.object({
  messages: z.array(
    z.object({ id: z.string(), via: z.string(), message: z.looseObject({ type: z.string() }) }),
  ),
});

export async function startAccountsLab(
  env: Readonly<Record<string, string>> = {},
): Promise<AccountsLab> {
  const lab = await startLineLab({
    ...env,
    LINE_2_CHANNEL_ID: SHOP.id,
    LINE_2_CHANNEL_SECRET: SHOP.secret,
    LINE_2_CHANNEL_ACCESS_TOKEN: SHOP.token,
    LINE_2_ACCOUNT_KEY: 'shop',
    LINE_2_ACCOUNT_NAME: SHOP.name,
    LINE_2_PRICE_PER_MESSAGE: '5',
  });
  const { act, app } = lab.world;
  const at = (account: 'main' | 'shop') => (account === 'shop' ? `channel=${SHOP.id}` : '');
  const db = app.strapi.db.connection;
  return {
    ...lab,
    async begin() {
      await lab.clear();
      await db('crm_line_bots').delete();
      await db('crm_line_messages').delete();
      await db('crm_line_webhook_events').delete();
      const webhook = (key: string) => `${app.origin}/api/crm/line/webhook/${key}`;
      await act('PUT', 'channel', { webhookUrl: webhook('main') });
      await act('POST', 'channels', { ...SHOP, webhookUrl: webhook('shop') });
    },
    person: (follows) => newPerson(lab, follows),
    async inboxAt(account, userId) {
      const answer = await act('GET', `users/${userId}/messages?${at(account)}`);
      return inboxSchema.parse(answer).messages;
    },
  };
}

/** Rows of a friendship with each account, here and on LINE. */
async function newPerson(lab: LineLab, follows: Follows): Promise<string> {
  const { app, emulator } = lab.world;
  const db = app.strapi.db.connection;
  const [userId = ''] = await lab.friends(1);
  const customer = (await db('crm_line_friends').where({ user_id: userId }).first()) as {
    customer_id: number;
  };
  const { channels } = emulator.platform.state;
  for (const [id, channel] of channels) {
    const isFollowed = follows.includes(id === SHOP.id ? 'shop' : 'main');
    const status = isFollowed ? ('friend' as const) : ('none' as const);
    const fresh = { userId, everFriend: isFollowed, lastMessageAt: 0, chat: [], received: 0 };
    channel.friendships.set(userId, { ...fresh, status });
  }
  await db('crm_line_friends').where({ user_id: userId }).delete();
  const now = Date.now();
  await db('crm_line_friends').insert(
    follows.map((account, place) => ({
      account,
      user_id: userId,
      customer_id: customer.customer_id,
      status: 'following',
      status_at: now,
      followed_at: now,
      last_event_at: now,
      linked_at: now + place,
    })),
  );
  return userId;
}
