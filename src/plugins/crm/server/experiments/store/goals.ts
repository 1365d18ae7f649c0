/** Who reached a goal after having met an experiment. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { Goal } from '../../../shared/experiments';
import { database, heavyRead, type Database } from '../../kernel';
import type { Group } from '../domain/assign';
import { whereCounted } from './people';

export interface GroupCounts {
  readonly variant: Group;
  readonly people: number;
  readonly converted: number;
}

const DAY = 86_400_000;

/**
 * People and those who reached a goal, by variant. The people come from the unique index by
 * experiment, each one's goal from (customer_id, occurred_at), (visitor_id, occurred_at) or
 * (customer_id, ordered_at). Of who was erased it is known from then on, by the goal's number.
 */
export async function countGoal(
  strapi: Core.Strapi,
  experiment: string,
  goal: Goal,
  number: number,
): Promise<GroupCounts[]> {
  const db = database(strapi);
  const before = db.raw('p.reached like ?', [`%,${number},%`]);
  const any = db.raw('? or ?', [reachedNow(db, goal), before]);
  const rows = await heavyRead<{ variant: Group; people: unknown; converted: unknown }>(
    strapi,
    whereCounted(db({ p: 'crm_experiment_people' }), 'p')
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

function reachedNow(db: Database, goal: Goal): Knex.Raw {
  const conditions = goalConditions(db, goal).map((condition) => db.raw('exists ?', [condition]));
  return db.raw(`(${conditions.map(() => '?').join(' or ')})`, conditions);
}

/** Has this customer reached the goal by now? Asked once, before nobody can tell any more. */
export async function hasReached(
  trx: Knex.Transaction,
  row: { readonly experiment: string; readonly customerId: number },
  goal: Goal,
): Promise<boolean> {
  const found: unknown = await trx({ p: 'crm_experiment_people' })
    .where({ 'p.experiment': row.experiment, 'p.unit': `c:${row.customerId}` })
    .whereRaw(reachedNow(trx, goal))
    .first('p.id');
  return found !== undefined;
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
