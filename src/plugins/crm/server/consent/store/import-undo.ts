/** Taking back what an import said of consent. The ledger keeps both: what was told, and its undoing. */
import type { ConsentChannel, ConsentPurpose } from '../../../shared/consent';
import { insertBulk, whereAmong, type Database } from '../../kernel';

interface LedgerRow {
  id: number;
  customer_id: number;
  purpose: ConsentPurpose;
  channel: ConsentChannel;
  granted: boolean | number;
  occurred_at: number | string;
  source: string;
  proof: string | null;
}

const importOf = (row: LedgerRow): number | null => {
  const proof: unknown = JSON.parse(row.proof ?? 'null');
  const { importId } = (proof ?? {}) as { importId?: unknown };
  return typeof importId === 'number' ? importId : null;
};

/** Newest first. */
async function ledgersOf(db: Database, customerIds: readonly number[]): Promise<LedgerRow[][]> {
  const rows: LedgerRow[] = await whereAmong(
    db,
    db('crm_consents').orderBy([
      { column: 'occurred_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ]),
    'customer_id',
    customerIds,
  );
  const ledgers = new Map<string, LedgerRow[]>();
  for (const row of rows) {
    const key = `${row.customer_id} ${row.purpose} ${row.channel}`;
    ledgers.set(key, [...(ledgers.get(key) ?? []), row]);
  }
  return [...ledgers.values()];
}

/**
 * Where the state still is what the import told, it becomes what it was before: nothing, or the
 * answer before it. Answers whose consent changed, by channel.
 */
export async function undoImportedEntries(
  db: Database,
  customerIds: readonly number[],
  importId: number,
): Promise<{ channel: ConsentChannel; ids: number[] }[]> {
  const touched = new Map<ConsentChannel, number[]>();
  const entries: Record<string, unknown>[] = [];
  for (const ledger of await ledgersOf(db, customerIds)) {
    const [last] = ledger;
    if (!last || importOf(last) !== importId || last.source !== 'import') continue;
    const { customer_id, purpose, channel } = last;
    const before = ledger.find((row) => importOf(row) !== importId);
    const state = db('crm_consent_states').where({ customer_id, purpose, channel });
    const at = Number(last.occurred_at);
    const granted = Boolean(before?.granted);
    if (before) await state.update({ granted, changed_at: at });
    else await state.delete();
    entries.push({
      customer_id,
      purpose,
      channel,
      granted,
      source: 'import-undo',
      occurred_at: at,
      proof: JSON.stringify({ importId }),
    });
    touched.set(channel, [...(touched.get(channel) ?? []), Number(customer_id)]);
  }
  await insertBulk(db, {
    table: 'crm_consents',
    columns: Object.keys(entries[0] ?? {}),
    rows: entries,
  });
  return [...touched].map(([channel, ids]) => ({ channel, ids }));
}
