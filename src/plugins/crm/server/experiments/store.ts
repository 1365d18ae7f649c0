import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import {
  experimentSchema,
  type Experiment,
  type ExperimentInput,
  type Goal,
} from '../../shared/experiments';
import { chunked, database, heavyRead, type Database } from '../kernel';
import { EXPERIMENT } from './content-type';
import type { Group } from './domain/assign';

type Row = Readonly<Record<string, unknown>>;

const experiments = (strapi: Core.Strapi) => strapi.db.query(EXPERIMENT);

const instantOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : new Date(value as string).toISOString();

const experimentOf = (row: Row): Experiment =>
  experimentSchema.parse({
    ...row,
    hypothesis: row.hypothesis ?? '',
    pageType: row.pageType ?? null,
    winner: row.winner ?? null,
    startedAt: instantOf(row.startedAt),
    stoppedAt: instantOf(row.stoppedAt),
  });

/** Newest first; there are hundreds at most. */
export async function allExperiments(strapi: Core.Strapi): Promise<Experiment[]> {
  const rows: Row[] = await experiments(strapi).findMany({ orderBy: { id: 'desc' }, limit: 500 });
  return rows.map(experimentOf);
}

/** Those that decide what people see. */
export async function liveExperiments(strapi: Core.Strapi): Promise<Experiment[]> {
  const rows: Row[] = await experiments(strapi).findMany({
    where: { state: { $in: ['running', 'permanent'] } },
    orderBy: { id: 'asc' },
  });
  return rows.map(experimentOf);
}

export async function findExperiment(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Experiment | null> {
  const row: Row | null = await experiments(strapi).findOne({ where: { documentId } });
  return row ? experimentOf(row) : null;
}

export async function insertExperiment(
  strapi: Core.Strapi,
  input: ExperimentInput,
): Promise<string> {
  const created: { documentId: string } = await experiments(strapi).create({
    data: { ...input, state: 'draft' },
  });
  return created.documentId;
}

export type ExperimentChange = Partial<
  ExperimentInput & Pick<Experiment, 'state' | 'winner' | 'startedAt' | 'stoppedAt'>
>;

/** Only while it is in one of these states: two people pressing at once change it once. */
export async function changeExperiment(
  strapi: Core.Strapi,
  documentId: string,
  from: readonly Experiment['state'][],
  change: ExperimentChange,
): Promise<boolean> {
  const where = { documentId, state: { $in: from } };
  const { count } = (await experiments(strapi).updateMany({ where, data: change })) as {
    count: number;
  };
  return count > 0;
}

export async function removeExperiment(strapi: Core.Strapi, documentId: string): Promise<boolean> {
  const where = { documentId, state: 'draft' };
  const { count } = (await experiments(strapi).deleteMany({ where })) as { count: number };
  return count > 0;
}

export interface PersonRow {
  readonly experiment: string;
  readonly unit: string;
  readonly variant: Group;
  readonly customer_id: number | null;
  readonly visitor_id: string | null;
  readonly exposed_at: number;
}

/** What these people already have, by the unique index (experiment, unit). */
export async function groupsOf(
  db: Database,
  ids: readonly string[],
  units: readonly string[],
): Promise<Pick<PersonRow, 'experiment' | 'unit' | 'variant'>[]> {
  const found: Pick<PersonRow, 'experiment' | 'unit' | 'variant'>[] = [];
  for (const some of chunked(units)) {
    found.push(
      ...(await db('crm_experiment_people')
        .whereIn('experiment', ids)
        .whereIn('unit', some)
        .select('experiment', 'unit', 'variant')),
    );
  }
  return found;
}

/** Once a person and experiment; the first variant stays. */
export async function insertPeople(
  trx: Knex.Transaction,
  rows: readonly PersonRow[],
): Promise<void> {
  await trx('crm_experiment_people').insert(rows).onConflict(['experiment', 'unit']).ignore();
}

/** A browser's owner is known now: its row becomes hers, unless she has one already. */
export async function adoptVisitor(
  trx: Knex.Transaction,
  ids: readonly string[],
  from: { unit: string; to: string; customerId: number },
): Promise<void> {
  const known = trx('crm_experiment_people')
    .whereIn('experiment', ids)
    .where({ unit: from.to })
    .select('experiment');
  await trx('crm_experiment_people')
    .whereIn('experiment', ids)
    .where({ unit: from.unit })
    .whereNotIn('experiment', known)
    .update({ unit: from.to, customer_id: from.customerId });
}

export interface GroupCounts {
  readonly variant: Group;
  readonly people: number;
  readonly converted: number;
}

const DAY = 86_400_000;

/**
 * People and those who reached a goal, by variant. The people come from the unique index by
 * experiment, each one's goal from (customer_id, occurred_at), (visitor_id, occurred_at) or
 * (customer_id, ordered_at).
 */
export async function countGoal(
  strapi: Core.Strapi,
  experiment: string,
  goal: Goal,
): Promise<GroupCounts[]> {
  const db = database(strapi);
  const reached = goalConditions(db, goal).map((condition) => db.raw('exists ?', [condition]));
  const any = db.raw(reached.map(() => '?').join(' or '), reached);
  const rows = await heavyRead<{ variant: Group; people: unknown; converted: unknown }>(
    strapi,
    db({ p: 'crm_experiment_people' })
      .where('p.experiment', experiment)
      .groupBy('p.variant')
      .select('p.variant')
      .select({ people: db.raw('count(*)') })
      .select({ converted: db.raw('sum(case when ? then 1 else 0 end)', [any]) }),
  );
  return rows.map(({ variant, people, converted }) => ({
    variant,
    people: Number(people),
    converted: Number(converted),
  }));
}

/** From having met the experiment on, within the goal's days. */
const inTime = (db: Database, query: Knex.QueryBuilder, column: string, goal: Goal) =>
  query
    .where(column, '>=', db.ref('p.exposed_at'))
    .where(column, '<', db.raw('p.exposed_at + ?', [goal.days * DAY]))
    .select(db.raw('1'));

function goalConditions(db: Database, goal: Goal): Knex.QueryBuilder[] {
  if (goal.kind === 'order') {
    const orders = db({ o: 'crm_orders' })
      .where('o.customer_id', db.ref('p.customer_id'))
      .whereIn('o.status', ['placed', 'paid']);
    return [inTime(db, orders, 'o.ordered_at', goal)];
  }
  const [type, name] = goal.kind === 'page' ? ['page', goal.path] : ['track', goal.name];
  return (['customer_id', 'visitor_id'] as const).map((column) => {
    const events = db({ e: 'crm_events' })
      .where(`e.${column}`, db.ref(`p.${column}`))
      .where({ 'e.type': type, 'e.name': name, 'e.is_bot': false });
    return inTime(db, events, 'e.occurred_at', goal);
  });
}

const ofCustomer = (customerId: number) => ({ unit: `c:${customerId}` });

/** What one customer met; experiments are few, so the unique index is walked by experiment. */
export async function metBy(
  db: Database,
  customerId: number,
): Promise<Pick<PersonRow, 'experiment' | 'variant' | 'exposed_at'>[]> {
  return db('crm_experiment_people')
    .whereIn('experiment', db('crm_experiments').select('document_id'))
    .where(ofCustomer(customerId))
    .orderBy('exposed_at')
    .select('experiment', 'variant', 'exposed_at');
}

/** Her rows stay as somebody's: how many people met what does not change by her leaving. */
export async function forgetPerson(trx: Knex.Transaction, customerId: number): Promise<void> {
  await trx('crm_experiment_people')
    .whereIn('experiment', trx('crm_experiments').select('document_id'))
    .where(ofCustomer(customerId))
    .update({ unit: trx.raw("'x:' || id"), customer_id: null, visitor_id: null });
}

type StoredPerson = PersonRow & { readonly id: number };

export async function rowsOf(trx: Knex.Transaction, unit: string): Promise<StoredPerson[]> {
  const rows: StoredPerson[] = await trx('crm_experiment_people')
    .whereIn('experiment', trx('crm_experiments').select('document_id'))
    .where({ unit });
  // PostgreSQL answers bigint as text.
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    exposed_at: Number(row.exposed_at),
  }));
}

export async function giveRows(
  trx: Knex.Transaction,
  ids: readonly number[],
  to: Pick<PersonRow, 'unit' | 'customer_id'>,
): Promise<void> {
  await trx('crm_experiment_people').whereIn('id', ids).update(to);
}

export async function dropRows(trx: Knex.Transaction, ids: readonly number[]): Promise<void> {
  await trx('crm_experiment_people').whereIn('id', ids).delete();
}

export async function restoreRows(
  trx: Knex.Transaction,
  rows: readonly StoredPerson[],
): Promise<void> {
  if (rows.length === 0) return;
  await trx('crm_experiment_people').insert(rows).onConflict(['experiment', 'unit']).ignore();
}
