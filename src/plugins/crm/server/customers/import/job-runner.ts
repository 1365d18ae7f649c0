/** What works on kept files: a queue of run ids, and a sweep that finds runs nobody works on. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';

import type { Core } from '@strapi/strapi';

import {
  clock,
  database,
  giveWay,
  inTransaction,
  jobs,
  type QueueWorker,
  type Schedule,
} from '../../kernel';
import { deleteChangesFrom, deleteOldChanges, lastChanges } from '../store/import-changes';
import {
  abandonedRuns,
  claimRun,
  failOrphans,
  forgetFile,
  lockImports,
  moveRun,
  noteUndone,
  releaseRun,
  waitingRuns,
  type StoredRun,
} from '../store/imports';
import type { ImportRecipe } from './import-kind';
import { LEASE_MS, RunTakenAway } from './import-work';
import { openFile } from './open-file';
import { recipeOf } from './recipes';
import { workThrough } from './run-import';

export const IMPORTS_QUEUE = 'customers.imports';

const UNDO_BATCH = 500;
/** Files of drafts and stopped imports are kept for a week, what an undo needs for ninety days. */
const FILE_DAYS = 7;
const UNDO_DAYS = 90;
const DAY_MS = 86_400_000;

const nowOf = (strapi: Core.Strapi): number => clock(strapi).now().getTime();

async function dropFile(strapi: Core.Strapi, run: StoredRun): Promise<void> {
  if (run.filePath !== null) await rm(run.filePath, { force: true });
  await forgetFile(database(strapi), run.id);
}

async function importFile(
  strapi: Core.Strapi,
  recipe: ImportRecipe,
  run: StoredRun,
  owner: string,
): Promise<void> {
  const file = run.filePath ?? '';
  const opened = await openFile(file);
  if (!opened.ok) throw new Error(`The file cannot be read any more: ${opened.refusal.code}`);
  try {
    const isStopping = () => jobs(strapi).isStopping;
    const source = { file, opened: opened.value };
    const isAtEnd = await workThrough(strapi, recipe, source, { run, owner, isStopping });
    if (!isAtEnd) return;
    // What was tried waits for its start; what was imported needs its file no more.
    const status = run.dryRun ? 'draft' : 'done';
    const change = { status, finishedAt: nowOf(strapi) } as const;
    const isOurs = await moveRun(database(strapi), run.id, ['running'], change);
    if (isOurs && !run.dryRun) await dropFile(strapi, run);
  } finally {
    opened.value.close();
  }
}

async function undoImport(
  strapi: Core.Strapi,
  recipe: ImportRecipe,
  run: StoredRun,
): Promise<void> {
  for (;;) {
    const more = await inTransaction(strapi, async (unit) => {
      await lockImports(unit.trx);
      const changes = await lastChanges(unit.trx, run.id, UNDO_BATCH);
      const first = changes.at(-1);
      if (!first) return false;
      const counts = await recipe.undo(unit, run.id, changes);
      await deleteChangesFrom(unit.trx, run.id, first.id);
      await noteUndone(unit.trx, run.id, { ...counts, leaseUntil: nowOf(strapi) + LEASE_MS });
      return true;
    });
    if (!more) break;
    // Requests that came meanwhile: the connection of SQLite never lets anybody in by itself.
    await giveWay(strapi);
    if (jobs(strapi).isStopping) return;
  }
  const change = { status: 'undone', finishedAt: nowOf(strapi) } as const;
  await moveRun(database(strapi), run.id, ['undoing'], change);
}

async function workOn(strapi: Core.Strapi, id: number): Promise<void> {
  const owner = randomUUID();
  const now = nowOf(strapi);
  const run = await claimRun(database(strapi), id, { owner, now, until: now + LEASE_MS });
  if (!run) return;
  const recipe = recipeOf(strapi, run.kind);
  try {
    if (run.status === 'undoing') await undoImport(strapi, recipe, run);
    else await importFile(strapi, recipe, run, owner);
  } catch (error) {
    if (error instanceof RunTakenAway) return;
    const change = { status: 'failed', finishedAt: nowOf(strapi) } as const;
    await moveRun(database(strapi), id, ['running', 'undoing'], change);
    throw error;
  } finally {
    await releaseRun(database(strapi), id, owner);
  }
}

export const importWorkers: readonly QueueWorker[] = [
  {
    queue: IMPORTS_QUEUE,
    concurrency: 1,
    work: ({ strapi }, pointer) => workOn(strapi, Number(pointer)),
  },
];

export const importSchedules: readonly Schedule[] = [
  {
    name: 'customers.imports-sweep',
    cron: '*/10 * * * * *',
    async run({ strapi }) {
      for (const id of await waitingRuns(database(strapi), nowOf(strapi))) {
        jobs(strapi).enqueue(IMPORTS_QUEUE, String(id));
      }
    },
  },
  {
    name: 'customers.imports-tidy',
    cron: '0 17 4 * * *',
    async run({ strapi }, now) {
      const db = database(strapi);
      for (const run of await abandonedRuns(db, now.getTime() - FILE_DAYS * DAY_MS)) {
        await dropFile(strapi, run);
      }
      await failOrphans(db, now.getTime() - DAY_MS);
      await deleteOldChanges(db, now.getTime() - UNDO_DAYS * DAY_MS);
    },
  },
];
