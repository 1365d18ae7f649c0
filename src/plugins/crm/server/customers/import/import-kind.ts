import type { CustomerFields } from '../../../shared/customers';
import type { ImportColumn, ImportKind, ImportPolicy } from '../../../shared/imports';
import type { UnitOfWork } from '../../kernel';
import type { CustomField } from '../domain/custom-values';
import type { ImportChange } from '../store/import-changes';
import type { ImportPreset } from './presets/preset';

export type { ImportChange };

/** Cells of one row by column key, trimmed; columns that the file lacks are left out. */
export type Cells = Readonly<Record<string, string>>;

/** Why a row is kept out. `code` has the text `customers.import.issue.<code>`. */
export interface RowIssue {
  /** Key of a column; null when the whole row is meant. */
  readonly column: string | null;
  readonly code: string;
}

/** What a row says of a person: only what it says, empty cells say nothing. */
export interface ReadCustomer {
  readonly fields: Partial<CustomerFields>;
  readonly issues: readonly RowIssue[];
}

export interface ReadPerson extends ReadCustomer {
  /** Her search terms, as they stand in a row of terms, if nothing else is known of her. */
  readonly terms: string;
}

/** What reading people needs to know. */
export interface PeopleReading {
  /** Where dates without an offset are meant. */
  readonly timeZone: string;
  readonly own: readonly CustomField[];
  /** Columns of other features: all that is left of the cells once the person is read. */
  readonly others: readonly string[];
}

export interface ImportRow {
  readonly line: number;
  /** Once the person is read: the cells of other features alone. */
  readonly cells: Cells;
  /** Of recipes that read people. */
  readonly person?: ReadPerson;
}

/** What became of a batch. Rows that are in none of the counts stand in `refused`. */
export interface BatchResult {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly line: number; readonly issues: readonly RowIssue[] }[];
  /** What was made and changed, so that it can be undone. */
  readonly changes: readonly ImportChange[];
}

/** What of an import could be taken back; kept is what somebody has changed or used since. */
export interface UndoneBatch {
  readonly undone: number;
  readonly kept: number;
}

/** The import a batch belongs to. */
export interface ImportContext {
  readonly importId: number;
  readonly policy: ImportPolicy;
}

/** What differs between importing customers and importing orders. */
export interface ImportRecipe {
  readonly kind: ImportKind;
  readonly columns: readonly ImportColumn[];
  /** Products whose files of this kind have headings of their own. */
  readonly presets?: readonly ImportPreset[];
  /** The heading must have at least one column of each group. */
  readonly needs: readonly (readonly string[])[];
  /** Tables that a large import fills: PostgreSQL must be told before it plans reads of them. */
  readonly tables: readonly string[];
  /** Rows are people: each comes with what its cells say of one. */
  readonly people?: PeopleReading;
  /** True: the row belongs with the one before and must come in the same batch. */
  continues?(previous: Cells, row: Cells): boolean;
  /** Begins a file, or goes on with it. */
  begin(context: ImportContext): BatchWriter;
  /** Takes changes of an import back, the last of them first. Must be idempotent. */
  undo(unit: UnitOfWork, importId: number, changes: readonly ImportChange[]): Promise<UndoneBatch>;
}

/** Writes the batches of one file. */
export interface BatchWriter {
  /** In one transaction. Must be idempotent. */
  write(unit: UnitOfWork, rows: readonly ImportRow[]): Promise<BatchResult>;
  /** Told of rows that an earlier attempt has settled. */
  skip?(cells: Cells): void;
}
