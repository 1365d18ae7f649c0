/** Who holds which plan from when to when. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { Plan, PlanInput } from '../../../shared/plans';
import { chunked, isPostgres, type Database } from '../../kernel';
import { planUid } from './content-type';
import type { Term } from './domain/term';

const TABLE = 'crm_plan_memberships';

export interface MembershipRow extends Term {
  readonly id: number;
  readonly customerId: number;
  readonly plan: string;
  readonly source: string;
  readonly reference: string | null;
}

interface RawMembership {
  id: number;
  customer_id: number;
  plan_key: string;
  starts_at: number | string;
  ends_at: number | string | null;
  paused_at: number | string | null;
  resumes_at: number | string | null;
  source: string;
  reference: string | null;
}

const instant = (value: number | string | null): number | null =>
  value === null ? null : Number(value);

const membershipOfRow = (row: RawMembership): MembershipRow => ({
  id: Number(row.id),
  customerId: Number(row.customer_id),
  plan: row.plan_key,
  startsAt: Number(row.starts_at),
  endsAt: instant(row.ends_at),
  pausedAt: instant(row.paused_at),
  resumesAt: instant(row.resumes_at),
  source: row.source,
  reference: row.reference,
});

const columnsOfTerm = ({ startsAt, endsAt, pausedAt, resumesAt }: Term) => ({
  starts_at: startsAt,
  ends_at: endsAt,
  paused_at: pausedAt,
  resumes_at: resumesAt,
});

export const listPlans = (strapi: Core.Strapi): Promise<Plan[]> =>
  strapi.db.query(planUid).findMany({ orderBy: { id: 'asc' } });

export const findPlan = (strapi: Core.Strapi, key: string): Promise<Plan | null> =>
  strapi.db.query(planUid).findOne({ where: { key } });

/** Through the document service, so that the Content Manager finds it as one of its own. */
export async function createPlan(strapi: Core.Strapi, input: PlanInput): Promise<Plan> {
  return (await strapi.documents(planUid as never).create({ data: input as never })) as never;
}

export async function updatePlan(strapi: Core.Strapi, input: PlanInput): Promise<Plan | null> {
  const { key, ...data } = input;
  return strapi.db.query(planUid).update({ where: { key }, data });
}

export async function deletePlan(strapi: Core.Strapi, key: string): Promise<void> {
  await strapi.db.query(planUid).delete({ where: { key } });
}

/** The condition "holds it at `now`", as `statusAt` says of one row. */
export function whereActive(query: Knex.QueryBuilder, now: number): Knex.QueryBuilder {
  return query
    .where(`${TABLE}.starts_at`, '<=', now)
    .where((open) => open.whereNull(`${TABLE}.ends_at`).orWhere(`${TABLE}.ends_at`, '>', now))
    .where((running) =>
      running.whereNull(`${TABLE}.paused_at`).orWhere(`${TABLE}.resumes_at`, '<=', now),
    );
}

/** Index `crm_plan_memberships_customer`. Who holds none is left out. */
export async function activePlansOf(
  db: Database,
  customerIds: readonly number[],
  now: number,
): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>();
  for (const part of chunked(customerIds)) {
    const rows: { customer_id: number; plan_key: string }[] = await whereActive(
      db(TABLE).whereIn('customer_id', part),
      now,
    ).distinct('customer_id', 'plan_key');
    for (const row of rows) {
      const id = Number(row.customer_id);
      found.set(id, [...(found.get(id) ?? []), row.plan_key]);
    }
  }
  return found;
}

/** How many people hold each plan now. Index `crm_plan_memberships_plan`. */
export const holdersQuery = (db: Database, now: number): Knex.QueryBuilder =>
  whereActive(db(TABLE), now)
    .groupBy('plan_key')
    .select('plan_key')
    .countDistinct({ holders: 'customer_id' });

export async function anyMembershipOf(db: Database, plan: string): Promise<boolean> {
  return (await db(TABLE).where({ plan_key: plan }).first('id')) !== undefined;
}

/** The newest first. */
export async function membershipsOf(db: Database, customerId: number): Promise<MembershipRow[]> {
  const rows: RawMembership[] = await db(TABLE)
    .where({ customer_id: customerId })
    .orderBy([
      { column: 'starts_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(100);
  return rows.map(membershipOfRow);
}

/** Waits for whoever is changing it; on SQLite there is one writer anyway. */
export async function lockMembership(
  trx: Database,
  which: { id: number } | { source: string; reference: string },
): Promise<MembershipRow | null> {
  const query = trx(TABLE).where(which);
  if (isPostgres(trx)) query.forUpdate();
  const row: RawMembership | undefined = await query.first();
  return row ? membershipOfRow(row) : null;
}

/** False when there is no such customer. Of two grants at once the second sees the first. */
export async function lockCustomer(trx: Database, customerId: number): Promise<boolean> {
  const query = trx('crm_customers').where({ id: customerId });
  if (isPostgres(trx)) query.forUpdate();
  return (await query.first('id')) !== undefined;
}

export async function insertMembership(
  trx: Database,
  row: Omit<MembershipRow, 'id'>,
  now: number,
): Promise<number> {
  const inserted: { id: number }[] = await trx(TABLE)
    .insert({
      customer_id: row.customerId,
      plan_key: row.plan,
      ...columnsOfTerm(row),
      source: row.source,
      reference: row.reference,
      created_at: now,
      updated_at: now,
    })
    .returning('id');
  return Number(inserted[0]?.id);
}

export async function updateTerm(
  trx: Database,
  id: number,
  term: Term,
  now: number,
): Promise<void> {
  await trx(TABLE)
    .where({ id })
    .update({ ...columnsOfTerm(term), updated_at: now });
}

/** Whose plan began, paused, resumed or ended in (after, until]. One index for each instant. */
export async function customersCrossing(
  db: Database,
  after: number,
  until: number,
): Promise<number[]> {
  const crossing = (column: string) =>
    db(TABLE).where(column, '>', after).where(column, '<=', until).select('customer_id');
  const rows: { customer_id: number }[] = await crossing('starts_at').union([
    crossing('ends_at'),
    crossing('resumes_at'),
  ]);
  return rows.map((row) => Number(row.customer_id));
}

/** Everything she holds ends now. */
export async function endHoldings(trx: Database, customerId: number, now: number): Promise<void> {
  const open = () => trx(TABLE).where({ customer_id: customerId });
  await open()
    .where((later) => later.whereNull('ends_at').orWhere('ends_at', '>', now))
    .update({ ends_at: now, paused_at: null, resumes_at: null, updated_at: now });
  await open().update({ reference: null });
}
