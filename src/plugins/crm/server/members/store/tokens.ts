import type { Database } from '../../kernel';
import { sha256 } from '../../kernel';

export type TokenPurpose = 'confirm' | 'login' | 'code' | 'password' | 'email';

export interface TokenRow {
  readonly id: number;
  readonly purpose: TokenPurpose;
  readonly emailHash: string;
  readonly userId: number | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
  readonly data: unknown;
}

interface RawToken {
  id: number;
  purpose: string;
  email_hash: string;
  user_id: number | null;
  created_at: number | string;
  expires_at: number | string;
  used_at: number | string | null;
  data: string;
}

const tokenOfRow = (row: RawToken): TokenRow => ({
  id: Number(row.id),
  purpose: row.purpose as TokenPurpose,
  emailHash: row.email_hash,
  userId: row.user_id === null ? null : Number(row.user_id),
  createdAt: Number(row.created_at),
  expiresAt: Number(row.expires_at),
  usedAt: row.used_at === null ? null : Number(row.used_at),
  data: JSON.parse(row.data) as unknown,
});

export async function insertToken(
  db: Database,
  token: string,
  row: Pick<TokenRow, 'purpose' | 'emailHash' | 'userId' | 'createdAt' | 'expiresAt' | 'data'>,
): Promise<void> {
  await db('crm_member_tokens').insert({
    token_hash: sha256(token),
    purpose: row.purpose,
    email_hash: row.emailHash,
    user_id: row.userId,
    created_at: row.createdAt,
    expires_at: row.expiresAt,
    data: JSON.stringify(row.data),
  });
}

export async function findToken(
  db: Database,
  purpose: TokenPurpose,
  token: string,
): Promise<TokenRow | null> {
  const row: RawToken | undefined = await db('crm_member_tokens')
    .where({ token_hash: sha256(token), purpose })
    .first();
  return row ? tokenOfRow(row) : null;
}

/** True for exactly one of those who use it at once. */
export async function consumeToken(db: Database, id: number, now: number): Promise<boolean> {
  const used = await db('crm_member_tokens')
    .where({ id })
    .whereNull('used_at')
    .where('expires_at', '>', now)
    .update({ used_at: now });
  return used === 1;
}

/** Other links of the same kind to the same address end with the one that was used. */
export async function voidTokens(
  db: Database,
  purpose: TokenPurpose,
  emailHash: string,
  now: number,
): Promise<void> {
  await db('crm_member_tokens')
    .where({ purpose, email_hash: emailHash })
    .whereNull('used_at')
    .update({ used_at: now });
}

/** What was entered in a registration never confirmed is personal data that nobody may keep. */
export async function deleteTokensExpiredBefore(db: Database, instant: number): Promise<void> {
  await db('crm_member_tokens').where('expires_at', '<', instant).delete();
}

/** Index `crm_member_tokens_email`. */
export async function deleteTokensOf(db: Database, emailHash: string): Promise<void> {
  await db('crm_member_tokens').where({ email_hash: emailHash }).delete();
}
