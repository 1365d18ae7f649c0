/** Setting an import up: what its columns seem to mean, what a person makes of it, and its start. */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';

import type { Core } from '@strapi/strapi';

import {
  type ImportCommand,
  type ImportDraft,
  type ImportRun,
  type ImportStart,
  type ImportStatus,
} from '../../../shared/imports';
import { tagColumnKey } from '../../../shared/import-tags';
import { clock, database, jobs, refuse, success, type Locale, type Result } from '../../kernel';
import { guessMapping } from '../domain/guess-mapping';
import { rememberedMapping, rememberMapping } from '../store/import-changes';
import { findRun, insertRun, moveRun, setUpRun, type StoredRun } from '../store/imports';
import { columnLabel } from './column-label';
import { fieldsOf } from './csv-record';
import { mapHeader } from './header';
import type { ImportRecipe } from './import-kind';
import { IMPORTS_QUEUE } from './job-runner';
import { openFile, type OpenFile } from './open-file';
import { recipeOf } from './recipes';
import { checkMapping, newRun, shownRun } from './run-import';

const SAMPLE_ROWS = 5;
/** Enough values to tell an e-mail column from a coincidence. */
const GUESSED_ROWS = 50;

const nowOf = (strapi: Core.Strapi): number => clock(strapi).now().getTime();

const fingerprintOf = (kind: string, headings: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, ...headings]))
    .digest('hex');

async function firstRows(opened: OpenFile): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const some of opened.records) {
    for (const record of some) {
      if (!record.broken) rows.push(fieldsOf(record.text, opened.delimiter));
      if (rows.length === GUESSED_ROWS) return rows;
    }
  }
  return rows;
}

/** What was chosen for the last file with these headings, as far as the columns still exist. */
async function knownMapping(
  strapi: Core.Strapi,
  recipe: ImportRecipe,
  headings: readonly string[],
): Promise<(string | null)[] | null> {
  const fingerprint = fingerprintOf(recipe.kind, headings);
  const remembered = await rememberedMapping(database(strapi), fingerprint);
  if (!remembered || remembered.length !== headings.length) return null;
  const fits = fitting(recipe, headings);
  return remembered.map((key, at) => (key !== null && fits(key, at) ? key : null));
}

/** Whether a heading may be mapped to a key: a column of the recipe, or the tag that it names. */
function fitting(recipe: ImportRecipe, headings: readonly string[]) {
  const keys = new Set(recipe.columns.map((column) => column.key));
  return (key: string, at: number): boolean =>
    keys.has(key) || (recipe.people !== undefined && key === tagColumnKey(headings[at] ?? ''));
}

async function describe(
  strapi: Core.Strapi,
  run: StoredRun,
  reader: Locale,
  at: { readonly rows: readonly string[][]; readonly isRemembered: boolean },
): Promise<ImportDraft> {
  const { encoding, headings, mapping } = run;
  return {
    ...shownRun(run),
    encoding: encoding ?? '',
    headings: [...headings],
    mapping: [...mapping],
    isRemembered: at.isRemembered,
    sample: at.rows.slice(0, SAMPLE_ROWS),
    columns: recipeOf(strapi, run.kind).columns.map((column) => ({
      key: column.key,
      label: columnLabel(reader, column),
    })),
  };
}

/** Makes a draft of a kept file; a file that cannot be read is not kept. */
export async function createDraft(
  strapi: Core.Strapi,
  recipe: ImportRecipe,
  file: { readonly path: string; readonly name: string },
  reader: Locale,
): Promise<Result<ImportDraft>> {
  const opened = await openFile(file.path);
  if (!opened.ok) {
    await rm(file.path, { force: true });
    return opened;
  }
  const { headings, encoding, size, close } = opened.value;
  const rows = await firstRows(opened.value);
  close();
  const db = database(strapi);
  const known = await knownMapping(strapi, recipe, headings);
  const mapping = known ?? guessMapping(mapHeader(headings, recipe.columns, recipe.presets), rows);
  const about = { kind: recipe.kind, fileName: file.name, status: 'draft', headings, mapping };
  const fresh = newRun(
    { ...about, status: 'draft', filePath: file.path, encoding, bytesTotal: size },
    nowOf(strapi),
  );
  const id = await insertRun(db, fresh, null);
  const isRemembered = known !== null;
  return success(await describe(strapi, { ...fresh, id }, reader, { rows, isRemembered }));
}

const notFound = () => refuse('customers.import.not-found', 404);

export async function readDraft(
  strapi: Core.Strapi,
  id: number,
  reader: Locale,
): Promise<Result<ImportDraft>> {
  const run = await findRun(database(strapi), id);
  if (!run) return notFound();
  if (run.filePath === null) return refuse('customers.import.file-gone', 409);
  const opened = await openFile(run.filePath);
  if (!opened.ok) return opened;
  const rows = await firstRows(opened.value);
  opened.value.close();
  const known = await knownMapping(strapi, recipeOf(strapi, run.kind), run.headings);
  const isRemembered = known !== null && isDeepStrictEqual(known, [...run.mapping]);
  return success(await describe(strapi, run, reader, { rows, isRemembered }));
}

/** Keys that do not fit their headings, or that are used twice. */
function isBrokenMapping(recipe: ImportRecipe, run: StoredRun, start: ImportStart): boolean {
  const fits = fitting(recipe, run.headings);
  const keys = start.mapping.filter((key) => key !== null);
  return (
    start.mapping.length !== run.headings.length ||
    new Set(keys).size !== keys.length ||
    start.mapping.some((key, at) => key !== null && !fits(key, at))
  );
}

export async function startImport(
  strapi: Core.Strapi,
  id: number,
  start: ImportStart,
): Promise<Result<ImportRun>> {
  const db = database(strapi);
  const run = await findRun(db, id);
  if (!run) return notFound();
  if (run.filePath === null) return refuse('customers.import.file-gone', 409);
  const recipe = recipeOf(strapi, run.kind);
  if (isBrokenMapping(recipe, run, start)) return refuse('customers.import.broken-mapping', 400);
  const usable = checkMapping(recipe, run.headings, start.mapping);
  if (!usable.ok) return usable;
  const now = nowOf(strapi);
  const isSet = await setUpRun(db, { id, ...start, startedAt: now }, ['draft']);
  if (!isSet) return refuse('customers.import.not-now', 409);
  const fingerprint = fingerprintOf(run.kind, run.headings);
  await rememberMapping(db, { fingerprint, mapping: start.mapping, now });
  jobs(strapi).enqueue(IMPORTS_QUEUE, String(id));
  return changed(strapi, id);
}

const moves: Readonly<Record<ImportCommand, { from: ImportStatus[]; to: ImportStatus }>> = {
  pause: { from: ['queued', 'running'], to: 'paused' },
  resume: { from: ['paused', 'failed', 'cancelled'], to: 'queued' },
  cancel: { from: ['draft', 'queued', 'running', 'paused', 'failed'], to: 'cancelled' },
  undo: { from: ['done', 'paused', 'failed', 'cancelled'], to: 'undoing' },
};

export async function commandImport(
  strapi: Core.Strapi,
  id: number,
  command: ImportCommand,
): Promise<Result<ImportRun>> {
  const db = database(strapi);
  const run = await findRun(db, id);
  if (!run) return notFound();
  if (command === 'resume' && run.filePath === null) {
    return refuse('customers.import.file-gone', 409);
  }
  if (command === 'undo' && run.dryRun) return refuse('customers.import.not-now', 409);
  const { from, to } = moves[command];
  const finishedAt = to === 'queued' || to === 'undoing' ? null : nowOf(strapi);
  if (!(await moveRun(db, id, from, { status: to, finishedAt }))) {
    return refuse('customers.import.not-now', 409);
  }
  if (to === 'queued' || to === 'undoing') jobs(strapi).enqueue(IMPORTS_QUEUE, String(id));
  return changed(strapi, id);
}

async function changed(strapi: Core.Strapi, id: number): Promise<Result<ImportRun>> {
  const run = await findRun(database(strapi), id);
  return run ? success(shownRun(run)) : notFound();
}
