/** Rows that a channel keeps until all of their campaign have come. Index: crm_messages_report. */
import { chunked, type Database } from '../../kernel';

import { GATHERED, OPEN } from './message-row';

export interface GatheredRows {
  readonly campaignId: number;
  readonly channel: string;
  /** How the addresses begin that this sender writes to (`main:`). */
  readonly addressPrefix: string;
}

export interface GatheredRow {
  readonly id: number;
  readonly customer_id: number | null;
  readonly address: string;
}

const kept = (db: Database, { campaignId, channel, addressPrefix }: GatheredRows) =>
  db('crm_messages')
    .where({ campaign_id: campaignId, channel, status: GATHERED })
    .whereRaw('substr(address, 1, ?) = ?', [addressPrefix.length, addressPrefix]);

/** True while a row of the campaign may still join them. */
export async function isGathering(db: Database, { campaignId, channel }: GatheredRows) {
  const row: unknown = await db('crm_messages')
    .where({ campaign_id: campaignId, channel })
    .whereIn('status', [...OPEN, 'leased'])
    .first('id');
  return row !== undefined;
}

/** Those that no provider may have, by id after `after`. */
export async function gatheredAfter(
  db: Database,
  rows: GatheredRows,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<GatheredRow[]> {
  const found: GatheredRow[] = await kept(db, rows)
    .whereNull('handed_over_at')
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .select('id', 'customer_id', 'address');
  return found.map((row) => ({ ...row, id: Number(row.id) }));
}

export async function blockGathered(
  db: Database,
  refused: ReadonlyMap<number, string>,
): Promise<void> {
  for (const reason of new Set(refused.values())) {
    const ids = [...refused].flatMap(([id, why]) => (why === reason ? [id] : []));
    for (const part of chunked(ids)) {
      await db('crm_messages')
        .whereIn('id', part)
        .where({ status: GATHERED })
        .whereNull('handed_over_at')
        .update({ status: 'blocked', guard_verdict: 'block', guard_reason: reason });
    }
  }
}

/** How many there were: from here the provider may have them. */
export const handOverGathered = (trx: Database, rows: GatheredRows, now: number): Promise<number> =>
  kept(trx, rows).whereNull('handed_over_at').update({ handed_over_at: now });

export const settleGathered = (
  db: Database,
  rows: GatheredRows,
  outcome: { readonly status: string; readonly reason: string | null },
  now: number,
): Promise<number> =>
  kept(db, rows).update({
    status: outcome.status,
    error: outcome.reason?.slice(0, 500) ?? null,
    ...(outcome.status === 'handed-over' && { sent_at: now }),
  });

/** What was handed over came to nothing: the provider says so, and of nobody in particular. */
export const failHandedOver = (
  db: Database,
  { campaignId, channel, addressPrefix }: GatheredRows,
  reason: string,
): Promise<number> =>
  db('crm_messages')
    .where({ campaign_id: campaignId, channel, status: 'handed-over' })
    .whereRaw('substr(address, 1, ?) = ?', [addressPrefix.length, addressPrefix])
    .update({ status: 'failed', error: reason.slice(0, 500) });
