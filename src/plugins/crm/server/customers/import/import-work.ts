/** One file going through a recipe: in batches, broken rows kept by line, every batch a checkpoint. */
import type { Core } from '@strapi/strapi';

import { clock, database, giveWay, inTransaction, type Database } from '../../kernel';
import { insertChanges } from '../store/import-changes';
import {
  advanceRun,
  insertIssues,
  lockImports,
  type StoredIssue,
  type StoredRun,
} from '../store/imports';
import { isBatchRace } from './batch-race';
import type { BatchResult, BatchWriter, ImportRecipe, RowIssue } from './import-kind';
import { CHUNK, type Layout, type ReadChunk, type ReadRow } from './read-rows';

type GoodRow = Exclude<ReadRow, { issue: RowIssue }>;

/** What the heap allots while such a batch is written fits into its young generation. */
const BATCH = CHUNK;
/** Rows that belong together may make a batch longer, but not without end. */
const LONGEST_BATCH = 5000;
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

export class ImportWork {
  private batch: GoodRow[] = [];
  private issues: StoredIssue[] = [];
  private readonly writer: BatchWriter;
  private read = 0;
  private lastLine = 0;
  private bytesDone = 0;

  constructor(
    private readonly strapi: Core.Strapi,
    private readonly recipe: ImportRecipe,
    private readonly layout: Layout,
    private readonly owner: string,
    public state: StoredRun,
  ) {
    this.writer = recipe.begin({ importId: state.id, policy: state.policy });
  }

  /** False when a batch was over and `isStopping` said so. */
  async take({ rows, bytesDone }: ReadChunk, isStopping: () => boolean): Promise<boolean> {
    this.bytesDone = bytesDone;
    for (const row of rows) {
      if (row.line <= this.state.checkpoint) {
        if (!row.issue) this.writer.skip?.(row.cells);
        continue;
      }
      // Before the row is counted: the checkpoint of a batch is its own last line.
      if (this.isOver(row)) {
        await this.flush();
        if (isStopping()) return false;
      }
      this.add(row);
      if (!this.recipe.continues && this.batch.length >= BATCH) {
        await this.flush();
        if (isStopping()) return false;
      }
    }
    return true;
  }

  private add(row: ReadRow): void {
    this.read += 1;
    this.lastLine = row.line;
    if (row.issue) this.issues.push(...this.issuesOf(row, [row.issue]));
    else this.batch.push(row);
  }

  /** Whether the batch ends before this row, which only rows that belong together leave open. */
  private isOver(next: ReadRow): boolean {
    if (this.read >= LONGEST_BATCH) return true;
    const last = this.batch.at(-1);
    if (!last || next.issue || this.batch.length < BATCH) return false;
    return !(this.recipe.continues?.(last.cells, next.cells) ?? false);
  }

  private issuesOf(
    { line, text }: Pick<ReadRow, 'line' | 'text'>,
    issues: readonly RowIssue[],
  ): StoredIssue[] {
    return issues.map(({ column, code }, index) => {
      const at = column === null ? -1 : this.layout.mapping.indexOf(column);
      return {
        line,
        column: at === -1 ? null : (this.layout.headings[at] ?? null),
        code,
        record: index === 0 ? text : null,
      };
    });
  }

  private refusedIssues({ refused }: BatchResult): StoredIssue[] {
    const rows = new Map(refused.map(({ line }) => [line, { line, text: '' }]));
    for (const row of this.batch) if (rows.has(row.line)) rows.set(row.line, row);
    return refused.flatMap(({ line, issues }) =>
      this.issuesOf(rows.get(line) ?? { line, text: '' }, issues),
    );
  }

  async flush(): Promise<void> {
    this.state = await this.write();
    // Before anybody else comes in: what lives through a pause is kept by the heap for long.
    this.batch = [];
    this.issues = [];
    this.read = 0;
    // Requests that came meanwhile: the connection of SQLite never lets anybody in by itself.
    await giveWay(this.strapi);
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
    const issues = [...this.issues, ...this.refusedIssues(result)];
    const { state } = this;
    const next: StoredRun = {
      ...state,
      rows: state.rows + this.read,
      created: state.created + result.created,
      updated: state.updated + result.updated,
      unchanged: state.unchanged + result.unchanged,
      failed: state.failed + new Set(issues.map((issue) => issue.line)).size,
      bytesDone: Math.min(this.bytesDone, state.bytesTotal),
      checkpoint: Math.max(state.checkpoint, this.lastLine),
    };
    const until = clock(this.strapi).now().getTime() + LEASE_MS;
    if (!(await advanceRun(db, next, { owner: this.owner, until }))) throw new RunTakenAway();
    await insertIssues(db, state.id, issues);
    return next;
  }
}
