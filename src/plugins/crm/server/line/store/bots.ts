import type { Database } from '../../kernel';

/** Who an official account is on LINE: the `destination` of its webhooks. */
export interface KnownBot {
  readonly account: string;
  /** Another channel under the same key is another account. */
  readonly channelId: string;
  readonly userId: string;
}

/** A row an account: few. */
export async function knownBots(db: Database): Promise<KnownBot[]> {
  const rows: { account: string; channel_id: string; user_id: string }[] = await db(
    'crm_line_bots',
  ).select('account', 'channel_id', 'user_id');
  return rows.map(({ account, channel_id, user_id }) => ({
    account,
    channelId: channel_id,
    userId: user_id,
  }));
}

export async function keepBot(db: Database, { account, channelId, userId }: KnownBot) {
  await db('crm_line_bots')
    .insert({ account, channel_id: channelId, user_id: userId })
    .onConflict('account')
    .merge();
}
