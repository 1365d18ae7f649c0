import type { ImportColumn, ImportKind } from '../../../shared/imports';
import type { UnitOfWork } from '../../kernel';

/** Cells of one row by column key, trimmed; columns that the file lacks are left out. */
export type Cells = Readonly<Record<string, string>>;

/** Why a row is kept out. `code` has the text `customers.import.issue.<code>`. */
export interface RowIssue {
  /** Key of a column; null when the whole row is meant. */
  readonly column: string | null;
  readonly code: string;
}

export interface ImportRow {
  readonly line: number;
  readonly cells: Cells;
}

/** What became of a batch. Rows that are in none of the counts stand in `refused`. */
export interface BatchResult {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly line: number; readonly issues: readonly RowIssue[] }[];
}

/** What differs between importing customers and importing orders. */
export interface ImportRecipe {
  readonly kind: ImportKind;
  readonly columns: readonly ImportColumn[];
  /** The heading must have at least one column of each group. */
  readonly needs: readonly (readonly string[])[];
  /** Tables that a large import fills: PostgreSQL must be told before it plans reads of them. */
  readonly tables: readonly string[];
  /** True: the row belongs with the one before and must come in the same batch. */
  continues?(previous: Cells, row: Cells): boolean;
  /** Begins a file. */
  begin(): WriteBatch;
}

/** Writes one batch of a file in one transaction. Must be idempotent. */
export type WriteBatch = (unit: UnitOfWork, rows: readonly ImportRow[]) => Promise<BatchResult>;
