/**
 * The guard. It speaks twice: at expansion, where set-based SQL gives every row its verdict, and
 * again for each claimed batch, so that what a person withdrew in between holds.
 */
import type { Core } from '@strapi/strapi';

import type { GuardReason } from '../../shared/delivery';
import { addressHash, consentService, type ConsentChannel } from '../consent';
import { clock, database, type Database } from '../kernel';

import type { Channel } from './channels/channel';
import { overCap } from './frequency';
import { sendingRules } from './rules';
import { hasSuppressions, suppressedHashes } from './store/expansion';

interface Addressed {
  readonly id: number;
  readonly customer_id: number | null;
  readonly address: string | null;
}

/** Ids of rows whose address must get nothing more on this channel. */
export async function suppressedRows(
  db: Database,
  channel: ConsentChannel,
  rows: readonly Addressed[],
): Promise<Set<number>> {
  if (rows.length === 0 || !(await hasSuppressions(db, channel))) return new Set();
  const hashOf = new Map(rows.map((row) => [row.id, addressHash(channel, row.address ?? '')]));
  const suppressed = await suppressedHashes(db, channel, [...new Set(hashOf.values())]);
  return new Set(
    rows.filter((row) => suppressed.has(hashOf.get(row.id) ?? '')).map((row) => row.id),
  );
}

/** Of a claimed marketing batch: who may not get it any more, and why; a few queries a batch. */
export async function refusedNow(
  strapi: Core.Strapi,
  channel: Channel,
  rows: readonly Addressed[],
): Promise<{ refused: Map<number, GuardReason>; waiting: ReadonlySet<number> }> {
  const people = [...new Set(rows.flatMap((row) => row.customer_id ?? []))];
  const states = await consentService(strapi).statesOf(people);
  const suppressed = await suppressedRows(database(strapi), channel.consentChannel, rows);
  const refused = new Map<number, GuardReason>();
  for (const row of rows) {
    const state = states
      .get(row.customer_id ?? 0)
      ?.find(
        (candidate) =>
          candidate.channel === channel.consentChannel && candidate.purpose === 'marketing',
      );
    if (!state) refused.set(row.id, 'no-consent');
    else if (!state.granted) refused.set(row.id, 'withdrawn');
    else if (suppressed.has(row.id)) refused.set(row.id, 'suppressed');
  }
  const left = rows.filter((row) => !refused.has(row.id));
  const now = clock(strapi).now().getTime();
  const rules = await sendingRules(strapi);
  const capped = await overCap(database(strapi), rules, { rows: left, own: rows }, now);
  for (const id of capped.blocked) refused.set(id, 'frequency-cap');
  return { refused, waiting: capped.waiting };
}
