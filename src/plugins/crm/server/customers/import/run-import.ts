/** Runs one file through a recipe: streaming, in batches, broken rows kept by line. */
import type { Core } from '@strapi/strapi';

import type { ImportResult, ImportRun } from '../../../shared/imports';
import {
  clock,
  database,
  inTransaction,
  refuse,
  success,
  translate,
  type Locale,
  type Result,
} from '../../kernel';
import {
  insertIssues,
  insertRun,
  issuesOf,
  lockImports,
  refreshStatistics,
  updateRun,
  type StoredIssue,
} from '../store/imports';
import { BatchRace } from './batch-race';
import { fieldsOf } from './csv-record';
import { linesOf, recordsOf, type CsvRecord } from './csv-reader';
import { detectEncoding, readText } from './encoding';
import { detectDelimiter, mapHeader } from './header';
import type {
  BatchResult,
  Cells,
  ImportRecipe,
  ImportRow,
  RowIssue,
  WriteBatch,
} from './import-kind';

const BATCH = 1000;
/** Rows that belong together may make a batch longer, but not without end. */
const LONGEST_BATCH = 5000;
const SHOWN_ERRORS = 100;
const KEPT_RECORD = 10_000;
const ATTEMPTS = 3;

export interface ImportSource {
  readonly file: string;
  readonly fileName: string;
}

interface Header {
  readonly headings: readonly string[];
  readonly keys: readonly (string | null)[];
  readonly delimiter: string;
}

class RolledBack extends Error {
  constructor(readonly result: BatchResult) {
    super('dry run');
  }
}

/** Cells of a record, or why it cannot be read. */
function readCells(record: CsvRecord, header: Header): { cells: Cells } | { issue: RowIssue } {
  const issue = (code: string) => ({ issue: { column: null, code } });
  if (record.broken) return issue(record.broken);
  const fields = fieldsOf(record.text, header.delimiter);
  if (fields.slice(header.keys.length).some((field) => field.trim() !== '')) {
    return issue('column-count');
  }
  if (record.text.includes('\ufffd')) return issue('broken-characters');
  const cells: Record<string, string> = {};
  header.keys.forEach((key, index) => {
    const text = fields[index]?.trim();
    // A NUL byte is in no text that a person typed, and PostgreSQL cannot store it.
    if (key !== null && text) cells[key] = text.replaceAll('\u0000', '');
  });
  return { cells };
}

class Run {
  private batch: ImportRow[] = [];
  private issues: StoredIssue[] = [];
  private readonly texts = new Map<number, string>();
  private readonly writeBatch: WriteBatch;

  constructor(
    private readonly strapi: Core.Strapi,
    private readonly recipe: ImportRecipe,
    private readonly header: Header,
    private state: ImportRun,
  ) {
    this.writeBatch = recipe.begin();
  }

  async take(record: CsvRecord): Promise<void> {
    this.state = { ...this.state, rows: this.state.rows + 1 };
    this.texts.set(record.line, record.text.slice(0, KEPT_RECORD));
    const read = readCells(record, this.header);
    if ('issue' in read) this.refuse(record.line, [read.issue]);
    else {
      if (this.isFull(read.cells)) await this.flush();
      this.batch.push({ line: record.line, cells: read.cells });
    }
    if (this.issues.length >= BATCH) await this.flush();
  }

  private isFull(next: Cells): boolean {
    const last = this.batch.at(-1);
    if (!last || this.batch.length < BATCH) return false;
    const together = this.recipe.continues?.(last.cells, next) ?? false;
    return !together || this.batch.length >= LONGEST_BATCH;
  }

  private refuse(line: number, issues: readonly RowIssue[]): void {
    issues.forEach(({ column, code }, index) => {
      const at = column === null ? -1 : this.header.keys.indexOf(column);
      this.issues.push({
        line,
        column: at === -1 ? null : (this.header.headings[at] ?? null),
        code,
        record: index === 0 ? (this.texts.get(line) ?? '') : null,
      });
    });
    this.state = { ...this.state, failed: this.state.failed + 1 };
  }

  async flush(): Promise<void> {
    if (this.batch.length > 0) {
      const result = await this.write();
      for (const { line, issues } of result.refused) this.refuse(line, issues);
      this.state = {
        ...this.state,
        created: this.state.created + result.created,
        updated: this.state.updated + result.updated,
        unchanged: this.state.unchanged + result.unchanged,
      };
    }
    const db = database(this.strapi);
    await insertIssues(db, this.state.id, this.issues);
    await updateRun(db, this.state);
    this.batch = [];
    this.issues = [];
    this.texts.clear();
  }

  private async write(attempt = 1): Promise<BatchResult> {
    try {
      return await inTransaction(this.strapi, async (unit) => {
        await lockImports(unit.trx);
        const result = await this.writeBatch(unit, this.batch);
        if (this.state.dryRun) throw new RolledBack(result);
        return result;
      });
    } catch (error) {
      if (error instanceof RolledBack) return error.result;
      if (error instanceof BatchRace && attempt < ATTEMPTS) return this.write(attempt + 1);
      throw error;
    }
  }

  async finish(status: ImportRun['status']): Promise<ImportRun> {
    const finishedAt = clock(this.strapi).now().getTime();
    this.state = { ...this.state, status, finishedAt };
    await updateRun(database(this.strapi), this.state);
    return this.state;
  }
}

function readHeader(recipe: ImportRecipe, text: string): Result<Header> {
  const delimiter = detectDelimiter(text);
  const headings = fieldsOf(text, delimiter).map((heading) =>
    heading.replace(/^\ufeff/, '').trim(),
  );
  const keys = mapHeader(headings, recipe.columns);
  const missing = recipe.needs.filter((group) => !group.some((key) => keys.includes(key)));
  if (missing.length === 0) return success({ headings, keys, delimiter });
  const named = (key: string) =>
    recipe.columns.find((column) => column.key === key)?.headings.slice(-1)[0] ?? key;
  return refuse('customers.import.missing-columns', 400, {
    params: {
      missing: missing
        .map((group) => group.map((key) => `${key} / ${named(key)}`).join(' | '))
        .join(', '),
      found: headings.slice(0, 20).join(', ').slice(0, 200),
    },
  });
}

async function resultOf(
  strapi: Core.Strapi,
  run: ImportRun,
  header: Header,
  reader: Locale,
): Promise<ImportResult> {
  const issues = await issuesOf(database(strapi), run.id, SHOWN_ERRORS);
  return {
    ...run,
    errors: issues.map(({ line, column, code }) => ({
      line,
      column,
      code,
      message: translate(strapi, reader, `customers.import.issue.${code}`),
    })),
    columns: header.headings.map((heading, index) => ({
      heading,
      key: header.keys[index] ?? null,
    })),
  };
}

export async function runImport(
  strapi: Core.Strapi,
  recipe: ImportRecipe,
  source: ImportSource,
  options: { readonly dryRun: boolean; readonly reader: Locale },
): Promise<Result<ImportResult>> {
  const encoding = await detectEncoding(source.file);
  if (!encoding) return refuse('customers.import.not-text', 415);
  let delimiter = ',';
  const records = recordsOf(linesOf(readText(source.file, encoding)), () => delimiter);
  const first = await records.next();
  if (first.done || first.value.broken) return refuse('customers.import.empty', 400);
  const header = readHeader(recipe, first.value.text);
  if (!header.ok) return header;
  delimiter = header.value.delimiter;
  const state: Omit<ImportRun, 'id'> = {
    kind: recipe.kind,
    fileName: source.fileName.slice(0, 255),
    status: 'running',
    dryRun: options.dryRun,
    rows: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    failed: 0,
    startedAt: clock(strapi).now().getTime(),
    finishedAt: null,
  };
  const id = await insertRun(database(strapi), state, header.value.headings);
  const run = new Run(strapi, recipe, header.value, { ...state, id });
  try {
    for await (const record of records) await run.take(record);
    await run.flush();
    if (!options.dryRun) await refreshStatistics(database(strapi), recipe.tables);
  } catch (error) {
    await run.finish('failed');
    throw error;
  }
  return success(await resultOf(strapi, await run.finish('done'), header.value, options.reader));
}
