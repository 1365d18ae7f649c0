/** What the imports of products, subscriptions, payments and returns have in common. */
import type { RowIssue, BatchResult, ImportRow } from '../../customers';
import type { Result } from '../../kernel';
import { CellReader } from '../domain/read-cells';
import type { RecordedMoney } from '../index';

export interface ReadRow<T> {
  readonly line: number;
  readonly value: T;
}

export type RefusedRow = BatchResult['refused'][number];

/** Rows that can be read, and those that cannot, with why. */
export function readRows<T>(
  rows: readonly ImportRow[],
  timeZone: string,
  read: (reader: CellReader) => T,
): { readonly good: readonly ReadRow<T>[]; readonly refused: readonly RefusedRow[] } {
  const good: ReadRow<T>[] = [];
  const refused: RefusedRow[] = [];
  for (const { line, cells } of rows) {
    const reader = new CellReader(cells, timeZone);
    const value = read(reader);
    if (reader.issues.length > 0) refused.push({ line, issues: reader.issues });
    else good.push({ line, value });
  }
  return { good, refused };
}

export const refusedRow = (line: number, column: string | null, code: string): RefusedRow => ({
  line,
  issues: [{ column, code } satisfies RowIssue],
});

/** A refusal of the service as the reason of a row: `commerce.unknown-order` → `unknown-order`. */
export const reasonOf = (code: string): string => code.replace(/^commerce\./, '');

/** What became of payments or refunds, as an import counts it. */
export function countsOf(outcomes: readonly Result<RecordedMoney>[]) {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const one of outcomes) {
    if (!one.ok) continue;
    const { outcome } = one.value;
    counts[outcome === 'ignored' ? 'unchanged' : outcome] += 1;
  }
  return counts;
}

/** The rows whose payment was not taken, with why; `outcomes` has one for each row. */
export const refusedOf = (
  rows: readonly { readonly line: number }[],
  outcomes: readonly Result<RecordedMoney>[],
): RefusedRow[] =>
  rows.flatMap(({ line }, index) => {
    const one = outcomes[index];
    return one && !one.ok ? [refusedRow(line, null, reasonOf(one.refusal.code))] : [];
  });

/** What a writing answers, as an import counts it; rows that say the same thing count as unchanged. */
export function batchOf<
  Written extends { readonly before: object | null; readonly after: { id: number } },
>(
  rows: number,
  recorded: {
    readonly created: readonly string[];
    readonly updated: readonly string[];
    readonly written: readonly Written[];
  },
  refused: readonly RefusedRow[],
): BatchResult {
  const created = recorded.created.length;
  const updated = recorded.updated.length;
  return {
    created,
    updated,
    unchanged: rows - created - updated,
    refused,
    changes: recorded.written.map(({ before, after }) => ({
      subjectId: after.id,
      created: before === null,
      before: { ...before },
      after: { ...after },
    })),
  };
}
