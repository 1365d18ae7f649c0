import { sha256, type Database } from '../../kernel';
import type { FriendKey } from './friends';

/** Whom a link token was made for; only its hash is kept. */
export async function keepLinkToken(
  db: Database,
  token: string,
  key: FriendKey,
  expiresAt: number,
): Promise<void> {
  await db('crm_line_link_tokens')
    .insert({
      token_hash: sha256(token),
      account: key.account,
      user_id: key.userId,
      expires_at: expiresAt,
    })
    .onConflict('token_hash')
    .ignore();
}

export async function friendOfLinkToken(
  db: Database,
  token: string,
  now: number,
): Promise<FriendKey | null> {
  const row: { account: string; user_id: string } | undefined = await db('crm_line_link_tokens')
    .where({ token_hash: sha256(token) })
    .where('expires_at', '>', now)
    .first();
  return row ? { account: row.account, userId: row.user_id } : null;
}

/** What a member agreed to when she pressed the button; redeemed by LINE's webhook. */
export interface LinkIntent extends FriendKey {
  readonly customerId: number;
  readonly consents: boolean;
  readonly wordingVersion: string | null;
}

export async function keepNonce(
  db: Database,
  nonce: string,
  intent: LinkIntent,
  expiresAt: number,
): Promise<void> {
  await db('crm_line_link_nonces').insert({
    nonce_hash: sha256(nonce),
    account: intent.account,
    user_id: intent.userId,
    customer_id: intent.customerId,
    consents: intent.consents,
    wording_version: intent.wordingVersion,
    expires_at: expiresAt,
  });
}

interface NonceRow {
  account: string;
  user_id: string;
  customer_id: number;
  consents: boolean | number;
  wording_version: string | null;
}

/** Works once, and only in time: the row is marked used in the same statement that finds it. */
export async function redeemNonce(
  db: Database,
  nonce: string,
  at: number,
): Promise<LinkIntent | null> {
  const rows: NonceRow[] = await db('crm_line_link_nonces')
    .where({ nonce_hash: sha256(nonce) })
    .whereNull('used_at')
    .where('expires_at', '>', at)
    .update({ used_at: at })
    .returning(['account', 'user_id', 'customer_id', 'consents', 'wording_version']);
  const row = rows[0];
  if (!row) return null;
  return {
    account: row.account,
    userId: row.user_id,
    customerId: Number(row.customer_id),
    consents: Boolean(row.consents),
    wordingVersion: row.wording_version,
  };
}

/** Whom a file alone names for a LINE user id, in the caller's transaction; null: nobody, or she proved it. */
export async function toldHolder(trx: Database, userId: string): Promise<number | null> {
  const row: { customer_id: number } | undefined = await trx('crm_identities')
    .where({ kind: 'line', value: userId })
    .whereNull('verified_at')
    .first('customer_id');
  return row ? Number(row.customer_id) : null;
}

/** What has expired is of no use to anybody. */
export async function forgetExpiredLinks(db: Database, before: number): Promise<void> {
  await db('crm_line_link_tokens').where('expires_at', '<', before).delete();
  await db('crm_line_link_nonces').where('expires_at', '<', before).delete();
}
