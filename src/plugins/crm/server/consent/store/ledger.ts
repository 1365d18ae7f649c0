import type {
  ConsentChannel,
  ConsentPurpose,
  ConsentRecord,
  ConsentState,
  ConsentWording,
  SuppressionReason,
} from '../../../shared/consent';
import { insertBulk, whereAmong, type Database, type Locale } from '../../kernel';
import { latestEntries } from '../domain/latest';

/** A ledger entry with its instant settled. */
export interface LedgerEntry {
  readonly customerId: number;
  readonly purpose: ConsentPurpose;
  readonly channel: ConsentChannel;
  readonly granted: boolean;
  readonly wordingKey: string | null;
  readonly wordingVersion: string | null;
  readonly source: string;
  readonly at: number;
  readonly proof: string | null;
}

export async function appendEntries(db: Database, entries: readonly LedgerEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({
    customer_id: entry.customerId,
    purpose: entry.purpose,
    channel: entry.channel,
    granted: entry.granted,
    wording_key: entry.wordingKey,
    wording_version: entry.wordingVersion,
    source: entry.source,
    occurred_at: entry.at,
    proof: entry.proof,
  }));
  await insertBulk(db, {
    table: 'crm_consents',
    columns: Object.keys(rows[0] ?? {}),
    rows,
    isOneStatement: true,
  });
}

/** Moves the current state forward in time, never back. */
export async function advanceStates(db: Database, entries: readonly LedgerEntry[]): Promise<void> {
  await insertBulk(db, {
    table: 'crm_consent_states',
    columns: ['customer_id', 'purpose', 'channel', 'granted', 'changed_at'],
    rows: latestEntries(entries).map(({ customerId, purpose, channel, granted, at }) => ({
      customer_id: customerId,
      purpose,
      channel,
      granted,
      changed_at: at,
    })),
    conflict: {
      columns: ['customer_id', 'purpose', 'channel'],
      merge: ['granted', 'changed_at'],
      where: 'excluded.changed_at >= crm_consent_states.changed_at',
    },
  });
}

interface StateRow {
  customer_id: number;
  purpose: ConsentPurpose;
  channel: ConsentChannel;
  granted: boolean | number;
  changed_at: number | string;
}

export async function statesOf(
  db: Database,
  customerIds: readonly number[],
): Promise<Map<number, ConsentState[]>> {
  const states = new Map<number, ConsentState[]>();
  if (customerIds.length === 0) return states;
  const rows: StateRow[] = await whereAmong(
    db,
    db('crm_consent_states').orderBy(['customer_id', 'channel']),
    'customer_id',
    customerIds,
  );
  for (const row of rows) {
    const of = states.get(Number(row.customer_id)) ?? [];
    of.push({
      purpose: row.purpose,
      channel: row.channel,
      granted: Boolean(row.granted),
      changedAt: Number(row.changed_at),
    });
    states.set(Number(row.customer_id), of);
  }
  return states;
}

interface LedgerRow extends Omit<StateRow, 'changed_at'> {
  id: number;
  wording_key: string | null;
  wording_version: string | null;
  source: string;
  occurred_at: number | string;
  text: string | null;
}

/** Newest first; `before` is exclusive. The wording's text in `locale`, where it is stored. */
export async function ledgerOf(
  db: Database,
  customerId: number,
  page: { before: number; limit: number; locale: Locale },
): Promise<ConsentRecord[]> {
  const rows: LedgerRow[] = await db('crm_consents as c')
    .leftJoin('crm_consent_wordings as w', function join() {
      this.on('w.key', 'c.wording_key')
        .andOn('w.version', 'c.wording_version')
        .andOnVal('w.locale', page.locale);
    })
    .where('c.customer_id', customerId)
    .where('c.occurred_at', '<', page.before)
    .orderBy([
      { column: 'c.occurred_at', order: 'desc' },
      { column: 'c.id', order: 'desc' },
    ])
    .limit(page.limit)
    .select('c.*', 'w.text');
  return rows.map((row) => ({
    id: Number(row.id),
    customerId: Number(row.customer_id),
    purpose: row.purpose,
    channel: row.channel,
    granted: Boolean(row.granted),
    wordingKey: row.wording_key,
    wordingVersion: row.wording_version,
    wordingText: row.text,
    source: row.source,
    occurredAt: Number(row.occurred_at),
  }));
}

interface WordingRow {
  key: string;
  version: string;
  locale: Locale;
  text: string;
  valid_from: number | string;
}

export async function wordingAt(
  db: Database,
  key: string,
  locale: Locale,
  now: number,
): Promise<ConsentWording | null> {
  const row: WordingRow | undefined = await db('crm_consent_wordings')
    .where({ key, locale })
    .where('valid_from', '<=', now)
    .orderBy([
      { column: 'valid_from', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first();
  if (!row) return null;
  const { version, text } = row;
  return { key: row.key, version, locale: row.locale, text, validFrom: Number(row.valid_from) };
}

export async function insertSuppression(
  db: Database,
  row: {
    channel: ConsentChannel;
    address: string;
    hash: string;
    reason: SuppressionReason;
    now: number;
  },
): Promise<void> {
  await db('crm_suppressions')
    .insert({
      channel: row.channel,
      address_hash: row.hash,
      address: row.address.slice(0, 320),
      reason: row.reason,
      created_at: row.now,
    })
    .onConflict(['channel', 'address_hash'])
    .ignore();
}

export async function deleteSuppression(
  db: Database,
  channel: ConsentChannel,
  hash: string,
): Promise<boolean> {
  return (await db('crm_suppressions').where({ channel, address_hash: hash }).delete()) > 0;
}

export async function isHashSuppressed(
  db: Database,
  channel: ConsentChannel,
  hash: string,
): Promise<boolean> {
  const row: { id: number } | undefined = await db('crm_suppressions')
    .where({ channel, address_hash: hash })
    .first('id');
  return row !== undefined;
}

/** Ids of customers whose current consent on a channel is `granted`. */
export function customersWithConsent(db: Database, channel: ConsentChannel, granted: boolean) {
  return db('crm_consent_states')
    .select('customer_id')
    .where({ channel, purpose: 'marketing', granted });
}

/** What she agrees to at this moment, in the caller's transaction. */
export async function grantedStates(
  trx: Database,
  customerId: number,
): Promise<{ purpose: ConsentPurpose; channel: ConsentChannel }[]> {
  return trx('crm_consent_states')
    .where({ customer_id: customerId, granted: true })
    .select('purpose', 'channel');
}

/** From which machine she agreed says who she is; that she did stays. */
export async function forgetProofs(trx: Database, customerId: number): Promise<void> {
  await trx('crm_consents').where({ customer_id: customerId }).update({ proof: null });
}
