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
    const ledger = ledgers.get(key) ?? [];
    ledger.push(row);
    ledgers.set(key, ledger);
  }
  return [...ledgers.values()];
}

/** What a ledger that ends with what the import told comes back to. */
interface Undoing {
  readonly last: LedgerRow;
  /** Null: nothing was known before. */
  readonly before: LedgerRow | null;
}

function undoingsOf(ledgers: readonly LedgerRow[][], importId: number): Undoing[] {
  return ledgers.flatMap((ledger) => {
    const [last] = ledger;
    if (!last || importOf(last) !== importId || last.source !== 'import') return [];
    return [{ last, before: ledger.find((row) => importOf(row) !== importId) ?? null }];
  });
}

const stateKey = ({ purpose, channel }: LedgerRow): string => `${purpose} ${channel}`;

/** A statement for each purpose and channel, however many people. */
async function forgetStates(db: Database, rows: readonly LedgerRow[]): Promise<void> {
  const groups = new Map<string, LedgerRow[]>();
  for (const row of rows) {
    const group = groups.get(stateKey(row)) ?? [];
    group.push(row);
    groups.set(stateKey(row), group);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const { purpose, channel } = first;
    const ids = group.map((row) => Number(row.customer_id));
    const states = db('crm_consent_states').where({ purpose, channel });
    await whereAmong(db, states, 'customer_id', ids).delete();
  }
}

async function restoreStates(db: Database, undoings: readonly Undoing[]): Promise<void> {
  await insertBulk(db, {
    table: 'crm_consent_states',
    columns: ['customer_id', 'purpose', 'channel', 'granted', 'changed_at'],
    rows: undoings.map(({ last, before }) => [
      Number(last.customer_id),
      last.purpose,
      last.channel,
      Boolean(before?.granted),
      Number(last.occurred_at),
    ]),
    conflict: {
      columns: ['customer_id', 'purpose', 'channel'],
      merge: ['granted', 'changed_at'],
    },
  });
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
  const undoings = undoingsOf(await ledgersOf(db, customerIds), importId);
  await forgetStates(
    db,
    undoings.flatMap(({ last, before }) => (before ? [] : [last])),
  );
  await restoreStates(
    db,
    undoings.filter(({ before }) => before !== null),
  );
  const proof = JSON.stringify({ importId });
  await insertBulk(db, {
    table: 'crm_consents',
    columns: ['customer_id', 'purpose', 'channel', 'granted', 'source', 'occurred_at', 'proof'],
    rows: undoings.map(({ last, before }) => [
      Number(last.customer_id),
      last.purpose,
      last.channel,
      Boolean(before?.granted),
      'import-undo',
      Number(last.occurred_at),
      proof,
    ]),
  });
  const touched = new Map<ConsentChannel, number[]>();
  for (const { last } of undoings) {
    const ids = touched.get(last.channel) ?? [];
    ids.push(Number(last.customer_id));
    touched.set(last.channel, ids);
  }
  return [...touched].map(([channel, ids]) => ({ channel, ids }));
}
