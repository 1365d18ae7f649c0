/** Consent of two records that are one person: who said no to either is not written to. */
import type { ConsentChannel, ConsentPurpose } from '../../../shared/consent';
import { whereAmong, type Database } from '../../kernel';

interface StateRow {
  customer_id: number;
  purpose: ConsentPurpose;
  channel: ConsentChannel;
  granted: boolean | number;
  changed_at: number | string;
}

/** What a merge did to consent, for its undo. */
export interface MovedConsents {
  readonly entries: readonly number[];
  /** States of both before. */
  readonly states: readonly StateRow[];
  readonly at: number;
}

const stateKey = ({ purpose, channel }: StateRow) => ({ purpose, channel });

/** Ledger entries change hands; of two answers the stricter one stands. */
export async function mergeConsents(
  db: Database,
  from: number,
  to: number,
  now: number,
): Promise<MovedConsents> {
  const rows: { id: number }[] = await db('crm_consents').where({ customer_id: from }).select('id');
  const entries = rows.map((row) => Number(row.id));
  const states: StateRow[] = await db('crm_consent_states').whereIn('customer_id', [from, to]);
  await db('crm_consents').where({ customer_id: from }).update({ customer_id: to });
  for (const state of states.filter((each) => Number(each.customer_id) === from)) {
    const other = states.find(
      (each) =>
        Number(each.customer_id) === to &&
        each.channel === state.channel &&
        each.purpose === state.purpose,
    );
    const key = { customer_id: to, ...stateKey(state) };
    const isStricter = other !== undefined && Boolean(other.granted) && !state.granted;
    if (!other) {
      const { granted, changed_at } = state;
      await db('crm_consent_states').insert({ ...key, granted, changed_at });
    } else if (isStricter) {
      await db('crm_consent_states').where(key).update({ granted: false, changed_at: now });
      await db('crm_consents').insert({
        ...key,
        granted: false,
        source: 'merge',
        occurred_at: now,
        proof: JSON.stringify({ merged: from }),
      });
    }
  }
  await db('crm_consent_states').where({ customer_id: from }).delete();
  return { entries, states, at: now };
}

/** Both get their states back, unless the person has answered anew since. */
export async function partConsents(
  db: Database,
  from: number,
  to: number,
  moved: MovedConsents,
): Promise<void> {
  if (moved.entries.length > 0) {
    await whereAmong(db, db('crm_consents').where({ customer_id: to }), 'id', moved.entries).update(
      { customer_id: from },
    );
  }
  const newer: StateRow[] = await db('crm_consent_states')
    .where({ customer_id: to })
    .where('changed_at', '>', moved.at);
  const isNewer = (state: StateRow) =>
    newer.some(({ channel, purpose }) => channel === state.channel && purpose === state.purpose);
  await db('crm_consent_states')
    .where({ customer_id: to })
    .where('changed_at', '<=', moved.at)
    .delete();
  const back = moved.states.filter(
    (state) => Number(state.customer_id) === from || !isNewer(state),
  );
  for (const state of back) {
    await db('crm_consent_states').insert({ ...state, granted: Boolean(state.granted) });
  }
}
