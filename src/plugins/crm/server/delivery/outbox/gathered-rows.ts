import type { Database } from '../../kernel';

import type { GatheredRow, GatheredRows } from '../store/gathered';

export type { GatheredRows };

/** What a channel may ask about the rows that it keeps, and do with them. */
export interface Gathered {
  /** `waits`: more may come, or nothing may go now. `stopped`: the campaign was taken back. */
  stateOf(rows: GatheredRows): Promise<'waits' | 'complete' | 'stopped'>;
  after(
    rows: GatheredRows,
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly GatheredRow[]>;
  /** Asks the guard once more. `changed`: somebody was held back since, and must not be sent to. */
  recheck(rows: GatheredRows): Promise<'unchanged' | 'changed' | 'waits'>;
  /** In the caller's transaction, before the call: how many the provider may have from here. */
  handOver(trx: Database, rows: GatheredRows): Promise<number>;
  /** What the provider said to the call. */
  settle(
    rows: GatheredRows,
    outcome: {
      readonly status: 'handed-over' | 'failed' | 'unknown' | 'cancelled';
      readonly reason: string | null;
    },
  ): Promise<void>;
  /** Whose rows they are, for whoever tells a person of them. */
  campaignOf(rows: GatheredRows): Promise<{ name: string; documentId: string } | null>;
  /** It took the call, and says later that nothing came of it. */
  failAfterwards(rows: GatheredRows, reason: string): Promise<void>;
}
