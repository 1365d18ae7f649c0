/** An import in its two ways: a file that comes with the request, and a kept file that a job reads. */
import { randomUUID } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import {
  importRunSchema,
  type ImportPolicy,
  type ImportResult,
  type ImportRun,
} from '../../../shared/imports';
import {
  clock,
  database,
  keepBatchesYoung,
  refuse,
  success,
  translate,
  type Locale,
  type Result,
} from '../../kernel';
import {
  findRun,
  insertRun,
  issuesOf,
  moveRun,
  releaseRun,
  type StoredRun,
} from '../store/imports';
import { refreshStatistics } from '../store/statistics';
import { mapHeader } from './header';
import type { ImportRecipe } from './import-kind';
import { ImportWork, RunTakenAway } from './import-work';
import { openFile, type OpenFile } from './open-file';
import { readRows, type ReadChunk, type RowsToRead } from './read-rows';
import { readInThread } from './read-thread';

const SHOWN_ERRORS = 100;

export interface ImportSource {
  readonly file: string;
  readonly fileName: string;
}

/** Refuses a mapping without the columns that the recipe needs, naming both sides. */
export function checkMapping(
  recipe: ImportRecipe,
  headings: readonly string[],
  mapping: readonly (string | null)[],
): Result<true> {
  const missing = recipe.needs.filter((group) => !group.some((key) => mapping.includes(key)));
  if (missing.length === 0) return success(true);
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

export const newRun = (
  about: Pick<StoredRun, 'kind' | 'fileName' | 'status' | 'headings' | 'mapping'> &
    Partial<StoredRun>,
  now: number,
): Omit<StoredRun, 'id'> => ({
  dryRun: false,
  policy: 'update',
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  failed: 0,
  bytesDone: 0,
  bytesTotal: 0,
  undone: 0,
  kept: 0,
  startedAt: now,
  finishedAt: null,
  filePath: null,
  encoding: null,
  checkpoint: 0,
  ...about,
});

/** A run without what only the server needs. */
export const shownRun = (run: StoredRun): ImportRun => importRunSchema.parse(run);

/** Run, first reasons in the reader's language, and what its headings were taken for. */
export async function resultOf(
  strapi: Core.Strapi,
  run: StoredRun,
  reader: Locale,
): Promise<ImportResult> {
  const issues = await issuesOf(database(strapi), run.id, SHOWN_ERRORS);
  const { headings, mapping } = run;
  return {
    ...shownRun(run),
    errors: issues.map(({ line, column, code }) => ({
      line,
      column,
      code,
      message: translate(strapi, reader, `customers.import.issue.${code}`),
    })),
    columns: headings.map((heading, index) => ({ heading, key: mapping[index] ?? null })),
  };
}

/** Bytes; what is shorter is read before a thread would have begun. */
const LONG_FILE = 512 * 1024;

function rowsOf(file: string, opened: OpenFile, toRead: RowsToRead): AsyncGenerator<ReadChunk> {
  if (opened.size < LONG_FILE) return readRows(opened, toRead);
  opened.close();
  keepBatchesYoung();
  return readInThread({ ...toRead, file, encoding: opened.encoding });
}

/**
 * Reads the file on from the run's checkpoint to its end, or until `isStopping`. True: at its end.
 * A run that is paused or cancelled meanwhile ends with `RunTakenAway`.
 */
export async function workThrough(
  strapi: Core.Strapi,
  recipe: ImportRecipe,
  source: { readonly file: string; readonly opened: OpenFile },
  at: { readonly run: StoredRun; readonly owner: string; readonly isStopping?: () => boolean },
): Promise<boolean> {
  const { headings, delimiter } = source.opened;
  const { run, owner, isStopping = () => false } = at;
  const layout = { headings, delimiter, mapping: run.mapping };
  const toRead = { layout, people: recipe.people ?? null, after: run.checkpoint };
  const work = new ImportWork(strapi, recipe, layout, owner, run);
  for await (const chunk of rowsOf(source.file, source.opened, toRead)) {
    if (!(await work.take(chunk, isStopping))) return false;
  }
  await work.flush();
  if (!run.dryRun) await refreshStatistics(strapi, recipe.tables, work.state.rows);
  return true;
}

/** A file that came with a request, read while the request waits. */
export async function runImport(
  strapi: Core.Strapi,
  recipe: ImportRecipe,
  source: ImportSource,
  options: { readonly dryRun: boolean; readonly policy: ImportPolicy; readonly reader: Locale },
): Promise<Result<ImportResult>> {
  const opened = await openFile(source.file);
  if (!opened.ok) return opened;
  const { headings, encoding, size } = opened.value;
  const mapping = mapHeader(headings, recipe.columns, recipe.presets);
  const usable = checkMapping(recipe, headings, mapping);
  if (!usable.ok) {
    opened.value.close();
    return usable;
  }
  const { dryRun, policy } = options;
  const fileName = source.fileName.slice(0, 255);
  const about = { kind: recipe.kind, fileName, status: 'running', headings, mapping } as const;
  const now = () => clock(strapi).now().getTime();
  const fresh = newRun({ ...about, encoding, dryRun, policy, bytesTotal: size }, now());
  const owner = randomUUID();
  const id = await insertRun(database(strapi), fresh, owner);
  const finish = (status: 'done' | 'failed') =>
    moveRun(database(strapi), id, ['running'], { status, finishedAt: now() });
  try {
    const from = { file: source.file, opened: opened.value };
    await workThrough(strapi, recipe, from, { run: { ...fresh, id }, owner });
    await finish('done');
  } catch (error) {
    await finish('failed');
    if (!(error instanceof RunTakenAway)) throw error;
  } finally {
    opened.value.close();
    // An undo need not wait until the lease has run out.
    await releaseRun(database(strapi), id, owner);
  }
  const run = await findRun(database(strapi), id);
  if (!run) throw new Error(`Import ${id} is gone`);
  return success(await resultOf(strapi, run, options.reader));
}
