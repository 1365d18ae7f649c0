/** The list of suppressed addresses as staff see it. */
import type { Knex } from 'knex';

import type { ConsentChannel, SuppressionReason } from '../../../shared/consent';
import type { SuppressedAddress } from '../../../shared/suppressions';
import { whereAmong, type Database } from '../../kernel';

export interface SuppressionFilter {
  /** The searched address as every channel would hash it. */
  readonly hashes: readonly string[] | null;
  readonly channel?: ConsentChannel | undefined;
  readonly reason?: SuppressionReason | undefined;
}

export interface SuppressionRow {
  id: number;
  channel: ConsentChannel;
  address_hash: string;
  address: string | null;
  reason: SuppressionReason;
  created_at: number | string;
}

/** One address by the unique (channel, address_hash); the rest is thousands, not millions. */
function narrowed(db: Database, { hashes, channel, reason }: SuppressionFilter) {
  const query = db('crm_suppressions');
  if (hashes) void query.whereIn('address_hash', [...hashes]);
  if (channel) void query.where({ channel });
  if (reason) void query.where({ reason });
  return query;
}

/** The newest first, before `cursor`. */
export const suppressionRows = (
  db: Database,
  filter: SuppressionFilter,
  { cursor, limit }: { readonly cursor: number | undefined; readonly limit: number },
): Knex.QueryBuilder => {
  const query = narrowed(db, filter).orderBy('id', 'desc').limit(limit).select('*');
  return cursor === undefined ? query : query.where('id', '<', cursor);
};

export const suppressionCount = (db: Database, filter: SuppressionFilter): Knex.QueryBuilder =>
  narrowed(db, filter).count('* as count');

export const suppressedAddress = (row: SuppressionRow): SuppressedAddress => ({
  id: Number(row.id),
  channel: row.channel,
  address: row.address,
  reason: row.reason,
  since: Number(row.created_at),
});

/** Takes one off and writes down who did; null when it is not there any more. */
export async function takeOff(
  trx: Database,
  id: number,
  by: { readonly staffId: number | null; readonly now: number },
): Promise<SuppressionRow | null> {
  const row: SuppressionRow | undefined = await trx('crm_suppressions').where({ id }).first();
  // Of two who take it off at once, one did.
  if (!row || (await trx('crm_suppressions').where({ id }).delete()) === 0) return null;
  await trx('crm_suppression_removals').insert({
    channel: row.channel,
    address_hash: row.address_hash,
    reason: row.reason,
    staff_id: by.staffId,
    removed_at: by.now,
  });
  return row;
}

/** Its hash goes on keeping it from mail; who held it cannot be read any more. */
export async function forgetSuppressed(trx: Database, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return;
  const rows: { id: number }[] = await whereAmong(
    trx,
    trx('crm_suppressions').whereNotNull('address').select('id'),
    'address_hash',
    hashes,
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await trx('crm_suppressions').whereIn('id', ids).update({ address: null });
}

/** Addresses and numbers that are hers. */
export async function addressesOf(
  trx: Database,
  customerId: number,
): Promise<{ kind: string; value: string }[]> {
  return trx('crm_identities')
    .where({ customer_id: customerId })
    .whereIn('kind', ['email', 'phone'])
    .select('kind', 'value');
}
