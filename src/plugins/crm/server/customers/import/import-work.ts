/** One file going through a recipe: in batches, broken rows kept by line, every batch a checkpoint. */
import { setImmediate } from 'node:timers/promises';

import type { Core } from '@strapi/strapi';

import { clock, database, inTransaction, type Database } from '../../kernel';
import { insertChanges } from '../store/import-changes';
import {
  advanceRun,
  insertIssues,
  lockImports,
  type StoredIssue,
  type StoredRun,
} from '../store/imports';
import { isBatchRace } from './batch-race';
import { fieldsOf } from './csv-record';
import type { CsvRecord } from './csv-reader';
import type {
  BatchResult,
  BatchWriter,
  Cells,
  ImportRecipe,
  ImportRow,
  RowIssue,
} from './import-kind';

const BATCH = 1000;
/** Rows that belong together may make a batch longer, but not without end. */
const LONGEST_BATCH = 5000;
const KEPT_RECORD = 10_000;
const ATTEMPTS = 3;
/** A worker that is silent for so long is taken for dead. */
export const LEASE_MS = 30_000;

const NOTHING: BatchResult = { created: 0, updated: 0, unchanged: 0, refused: [], changes: [] };

/** The run was paused, cancelled or taken over; what was begun is rolled back. */
export class RunTakenAway extends Error {}

class RolledBack extends Error {
  constructor(readonly result: BatchResult) {
    super('dry run');
  }
}

export interface Layout {
  readonly headings: readonly string[];
  readonly mapping: readonly (string | null)[];
  readonly delimiter: string;
}

/** Cells of a record, or why it cannot be read. */
function readCells(record: CsvRecord, layout: Layout): { cells: Cells } | { issue: RowIssue } {
  const issue = (code: string) => ({ issue: { column: null, code } });
  if (record.broken) return issue(record.broken);
  const fields = fieldsOf(record.text, layout.delimiter);
  if (fields.slice(layout.headings.length).some((field) => field.trim() !== '')) {
    return issue('column-count');
  }
  if (record.text.includes('\ufffd')) return issue('broken-characters');
  const cells: Record<string, string> = {};
  layout.mapping.forEach((key, index) => {
    const text = fields[index]?.trim();
    // A NUL byte is in no text that a person typed, and PostgreSQL cannot store it.
    if (key !== null && text) cells[key] = text.replaceAll('\u0000', '');
  });
  return { cells };
}

export class ImportWork {
  private batch: ImportRow[] = [];
  private issues: StoredIssue[] = [];
  private readonly texts = new Map<number, string>();
  private readonly writer: BatchWriter;
  private read = 0;
  private lastLine = 0;

  constructor(
    private readonly strapi: Core.Strapi,
    private readonly recipe: ImportRecipe,
    private readonly layout: Layout,
    private readonly at: {
      readonly owner: string;
      /** Bytes of the file that have been read. */
      readonly done: () => number;
    },
    public state: StoredRun,
  ) {
    this.writer = recipe.begin({ importId: state.id, policy: state.policy });
  }

  async take(record: CsvRecord): Promise<void> {
    if (record.line <= this.state.checkpoint) return this.skip(record);
    const read = readCells(record, this.layout);
    // Before the row is counted: the checkpoint of a batch is its own last line.
    if ('cells' in read && this.isFull(read.cells)) await this.flush();
    this.read += 1;
    this.lastLine = record.line;
    this.texts.set(record.line, record.text.slice(0, KEPT_RECORD));
    if ('cells' in read) this.batch.push({ line: record.line, cells: read.cells });
    else this.issues.push(...this.issuesOf(record.line, [read.issue]));
    if (this.texts.size >= LONGEST_BATCH) await this.flush();
  }

  private skip(record: CsvRecord): void {
    if (!this.writer.skip) return;
    const read = readCells(record, this.layout);
    if ('cells' in read) this.writer.skip(read.cells);
  }

  private isFull(next: Cells): boolean {
    const last = this.batch.at(-1);
    if (!last || this.batch.length < BATCH) return false;
    return !(this.recipe.continues?.(last.cells, next) ?? false);
  }

  private issuesOf(line: number, issues: readonly RowIssue[]): StoredIssue[] {
    return issues.map(({ column, code }, index) => {
      const at = column === null ? -1 : this.layout.mapping.indexOf(column);
      return {
        line,
        column: at === -1 ? null : (this.layout.headings[at] ?? null),
        code,
        record: index === 0 ? (this.texts.get(line) ?? '') : null,
      };
    });
  }

  async flush(): Promise<void> {
    this.state = await this.write();
    // Requests that came meanwhile: the connection of SQLite never lets anybody in by itself.
    await setImmediate();
    this.batch = [];
    this.issues = [];
    this.read = 0;
    this.texts.clear();
  }

  private async write(attempt = 1): Promise<StoredRun> {
    try {
      return await inTransaction(this.strapi, async (unit) => {
        await lockImports(unit.trx);
        const result = this.batch.length > 0 ? await this.writer.write(unit, this.batch) : NOTHING;
        if (this.state.dryRun) throw new RolledBack(result);
        await insertChanges(unit.trx, this.state.id, result.changes);
        return this.settle(unit.trx, result);
      });
    } catch (error) {
      if (error instanceof RolledBack) return this.settle(database(this.strapi), error.result);
      if (isBatchRace(error) && attempt < ATTEMPTS) return this.write(attempt + 1);
      throw error;
    }
  }

  /** Counts, reasons and checkpoint, in the transaction of the batch itself: none without the other. */
  private async settle(db: Database, result: BatchResult): Promise<StoredRun> {
    const refused = result.refused.flatMap(({ line, issues }) => this.issuesOf(line, issues));
    const issues = [...this.issues, ...refused];
    const { state } = this;
    const next: StoredRun = {
      ...state,
      rows: state.rows + this.read,
      created: state.created + result.created,
      updated: state.updated + result.updated,
      unchanged: state.unchanged + result.unchanged,
      failed: state.failed + new Set(issues.map((issue) => issue.line)).size,
      bytesDone: Math.min(this.at.done(), state.bytesTotal),
      checkpoint: Math.max(state.checkpoint, this.lastLine),
    };
    const until = clock(this.strapi).now().getTime() + LEASE_MS;
    if (!(await advanceRun(db, next, { owner: this.at.owner, until }))) throw new RunTakenAway();
    await insertIssues(db, state.id, issues);
    return next;
  }
}
