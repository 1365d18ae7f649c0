/** One action on many people: a job in batches, each with its own record of what was before. */
import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import {
  bulkRunSchema,
  type BulkAction,
  type BulkInput,
  type BulkRun,
} from '../../../shared/customer-work';
import { customerFilterSchema, type Customer } from '../../../shared/customers';
import {
  clock,
  database,
  giveWay,
  heavyRead,
  inTransaction,
  jobs,
  refuse,
  success,
  type QueueWorker,
  type Result,
  type Schedule,
  type UnitOfWork,
} from '../../kernel';
import { conditionOf } from '../condition';
import { applyAction, fieldOf, undoAction, valueBefore } from '../domain/bulk-action';
import { customerChanged } from '../index';
import {
  advanceBulkRun,
  beginBulkUndo,
  chosenPeople,
  claimBulkRun,
  deleteBulkChanges,
  findBulkRun,
  holdBulkRun,
  insertBulkChanges,
  insertBulkRun,
  nextBulkChanges,
  releaseBulkRun,
  waitingBulkRuns,
  type StoredBulkRun,
} from '../store/bulk';
import { remember, settle } from '../sources/ruling';
import { findByIds, updateField } from '../store/customers';
import { countQuery, lastCustomerId, nextOfCondition } from '../store/list';
import type { ListCondition } from '../store/narrowing';

const QUEUE = 'customers.bulk';
const BATCH = 500;
const LEASE_MS = 30_000;
const COUNT_BOUND = 1_000_000;

const selectionSchema = z.object({
  ids: z.array(z.number()).optional(),
  filter: customerFilterSchema.optional(),
});
type Selection = z.infer<typeof selectionSchema>;

const nowOf = (strapi: Core.Strapi): number => clock(strapi).now().getTime();
const shown = (run: StoredBulkRun): BulkRun => bulkRunSchema.parse(run);

function selected(strapi: Core.Strapi, { ids, filter }: Selection): ListCondition | null {
  if (ids) return { prefixes: [], among: [chosenPeople(database(strapi), ids)] };
  if (!filter) return null;
  const { q, ...conditions } = filter;
  return conditionOf(strapi, { text: q, ...conditions });
}

export async function startBulk(
  strapi: Core.Strapi,
  { action, ids, filter }: BulkInput,
  staffId: number | null,
): Promise<Result<BulkRun>> {
  const db = database(strapi);
  const condition = selected(strapi, { ids, filter });
  if (!condition) return refuse('customers.bulk.nobody', 409);
  const counted = await heavyRead<{ total: number | string }>(
    strapi,
    countQuery(db, condition, COUNT_BOUND),
  );
  const total = Number(counted[0]?.total ?? 0);
  if (total === 0) return refuse('customers.bulk.nobody', 409);
  const selection = JSON.stringify({ ids, filter });
  const untilId = await lastCustomerId(db);
  const now = nowOf(strapi);
  const id = await insertBulkRun(db, { action, selection, total, untilId, staffId, now });
  jobs(strapi).enqueue(QUEUE, String(id));
  return findBulk(strapi, id);
}

export async function findBulk(strapi: Core.Strapi, id: number): Promise<Result<BulkRun>> {
  const run = await findBulkRun(database(strapi), id);
  return run ? success(shown(run)) : refuse('customers.bulk.not-found', 404);
}

export async function undoBulk(strapi: Core.Strapi, id: number): Promise<Result<BulkRun>> {
  if (!(await beginBulkUndo(database(strapi), id))) return refuse('customers.bulk.not-now', 409);
  jobs(strapi).enqueue(QUEUE, String(id));
  return findBulk(strapi, id);
}

interface Change {
  readonly before: Customer;
  readonly after: Customer;
}

/** Staff did it; tags have no one source. */
async function rememberChange(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  changes: readonly Change[],
  at: number,
): Promise<void> {
  const origin = { source: 'staff', at, ref: null } as const;
  const rulings = await settle(strapi, unit, changes, origin);
  const settled = rulings.flatMap((ruling, index) => {
    const change = changes[index];
    return change ? [{ customerId: change.after.id, ruling }] : [];
  });
  await remember(strapi, unit, settled, origin);
}

async function write(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  action: BulkAction,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return;
  const now = nowOf(strapi);
  const field = fieldOf(action);
  await updateField(
    unit.trx,
    field,
    changes.map(({ after }) => after),
    now,
  );
  if (field !== 'tags') await rememberChange(strapi, unit, changes, now);
  const customerIds = changes.map(({ after }) => after.id);
  await unit.publish(customerChanged, { customerIds, fields: [field] });
}

/** Nobody is left, or the run is somebody else's by now. */
type Ended = 'over' | 'lost';

/** The last person of the batch, who the next one begins after. */
async function applyBatch(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  run: StoredBulkRun,
  lastId: number,
): Promise<number | Ended> {
  const condition = selected(strapi, selectionSchema.parse(JSON.parse(run.selection)));
  if (!condition) return 'over';
  const at = { after: lastId, until: run.untilId, limit: BATCH };
  const people = await nextOfCondition(unit.trx, condition, at);
  const last = people.at(-1);
  if (!last) return 'over';
  const changes = people.flatMap((before): Change[] => {
    const patch = applyAction(before, run.action);
    return patch ? [{ before, after: { ...before, ...patch } }] : [];
  });
  await write(strapi, unit, run.action, changes);
  const kept = changes.map(({ before }) => ({
    customerId: before.id,
    before: valueBefore(before, run.action),
  }));
  await insertBulkChanges(unit.trx, run.id, kept);
  await advanceBulkRun(unit.trx, run.id, {
    lastId: last.id,
    done: people.length,
    changed: changes.length,
  });
  return last.id;
}

async function undoBatch(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  run: StoredBulkRun,
): Promise<number | Ended> {
  const kept = await nextBulkChanges(unit.trx, run.id, BATCH);
  if (kept.size === 0) return 'over';
  const people = await findByIds(unit.trx, [...kept.keys()]);
  const changes = people.flatMap((before): Change[] => {
    const patch = undoAction(before, run.action, kept.get(before.id));
    return patch ? [{ before, after: { ...before, ...patch } }] : [];
  });
  await write(strapi, unit, run.action, changes);
  await deleteBulkChanges(unit.trx, run.id, [...kept.keys()]);
  await advanceBulkRun(unit.trx, run.id, { lastId: run.lastId, done: kept.size, changed: 0 });
  return run.lastId;
}

/** Batch after batch, each under a lease of its own, until all is done, lost, or this node stops. */
async function workThrough(strapi: Core.Strapi, run: StoredBulkRun, lease: number): Promise<void> {
  const batch = run.status === 'undoing' ? undoBatch : applyBatch;
  const end = run.status === 'undoing' ? 'undone' : 'done';
  let held = { ...run, leaseUntil: lease };
  let last = run.lastId;
  try {
    for (;;) {
      const leaseUntil = nowOf(strapi) + LEASE_MS;
      const from = held;
      const after = last;
      const done = await inTransaction(strapi, async (unit) =>
        (await holdBulkRun(unit.trx, from, leaseUntil)) ? batch(strapi, unit, run, after) : 'lost',
      );
      if (done === 'lost') return;
      held = { ...run, leaseUntil };
      if (done === 'over') return await releaseBulkRun(database(strapi), held, end);
      if (jobs(strapi).isStopping) return await releaseBulkRun(database(strapi), held);
      last = done;
      // The connection of SQLite never lets anybody in by itself: pages would wait for everybody.
      await giveWay(strapi);
    }
  } catch (error) {
    await releaseBulkRun(database(strapi), held, 'failed');
    throw error;
  }
}

async function workOn(strapi: Core.Strapi, id: number): Promise<void> {
  const now = nowOf(strapi);
  const run = await claimBulkRun(database(strapi), id, now, now + LEASE_MS);
  if (run) await workThrough(strapi, run, now + LEASE_MS);
}

export const bulkWorkers: readonly QueueWorker[] = [
  { queue: QUEUE, concurrency: 1, work: ({ strapi }, id) => workOn(strapi, Number(id)) },
];

export const bulkSchedules: readonly Schedule[] = [
  {
    name: 'customers.bulk-sweep',
    cron: '*/10 * * * * *',
    async run({ strapi }) {
      for (const id of await waitingBulkRuns(database(strapi), nowOf(strapi))) {
        jobs(strapi).enqueue(QUEUE, String(id));
      }
    },
  },
];
