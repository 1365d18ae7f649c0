/** Asking who matches a compiled rule. Long reads go through `heavyRead`, one person does not. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { SamplePerson } from '../../../shared/segments';
import { clock, crmConfig, database, heavyRead, isPostgres, type Database } from '../../kernel';
import type { CompiledRule } from '../compile';
import type { ConditionContext } from '../condition';

export function contextOf(
  strapi: Core.Strapi,
  db: Database,
  scope: ConditionContext['scope'],
): ConditionContext {
  return { db, scope, now: clock(strapi).now(), timeZone: crmConfig(strapi).timeZone };
}

/** The ids of everybody who matches, as a statement. */
export function matchingIds(strapi: Core.Strapi, rule: CompiledRule): Knex.QueryBuilder {
  const db = database(strapi);
  const query = db('crm_customers').select('crm_customers.id');
  rule.where(query, contextOf(strapi, db, 'everyone'));
  return query;
}

export async function countMatching(strapi: Core.Strapi, rule: CompiledRule): Promise<number> {
  const query = matchingIds(strapi, rule).clearSelect().count({ matching: '*' });
  const [row] = await heavyRead<{ matching: number | string }>(strapi, query);
  return Number(row?.matching ?? 0);
}

export async function countEverybody(strapi: Core.Strapi): Promise<number> {
  const query = database(strapi)('crm_customers').count({ everybody: '*' });
  const [row] = await heavyRead<{ everybody: number | string }>(strapi, query);
  return Number(row?.everybody ?? 0);
}

export const PERSON_COLUMNS = {
  id: 'crm_customers.id',
  documentId: 'crm_customers.document_id',
  familyName: 'crm_customers.family_name',
  givenName: 'crm_customers.given_name',
  familyNameKana: 'crm_customers.family_name_kana',
  givenNameKana: 'crm_customers.given_name_kana',
  email: 'crm_customers.email',
  tier: 'crm_customers.tier',
} as const satisfies Record<keyof SamplePerson, string>;

/** The newest people who match. */
export async function sampleMatching(
  strapi: Core.Strapi,
  rule: CompiledRule,
  limit: number,
): Promise<SamplePerson[]> {
  const query = matchingIds(strapi, rule)
    .clearSelect()
    .select(PERSON_COLUMNS)
    .orderBy('crm_customers.id', 'desc')
    .limit(limit);
  return heavyRead<SamplePerson>(strapi, query);
}

export interface RulePreview {
  readonly count: number;
  readonly sample: SamplePerson[];
}

interface NewestRow {
  readonly id: number;
  readonly matching: number;
}

/**
 * How many match, and the newest of them. On SQLite who matches is found once for both: what a rule
 * adds up over all orders is not added up again. PostgreSQL does both at a time.
 */
export async function previewMatching(
  strapi: Core.Strapi,
  rule: CompiledRule,
  limit: number,
): Promise<RulePreview> {
  const db = database(strapi);
  if (isPostgres(db)) {
    const both = [countMatching(strapi, rule), sampleMatching(strapi, rule, limit)] as const;
    const [count, sample] = await Promise.all(both);
    return { count, sample };
  }
  const newest = db
    .queryBuilder()
    .withMaterialized('matching', matchingIds(strapi, rule))
    .select('id', db.raw('(select count(*) from matching) as matching'))
    .from('matching')
    .orderBy('id', 'desc')
    .limit(limit);
  const found = await heavyRead<NewestRow>(strapi, newest);
  const sample: SamplePerson[] = await db('crm_customers')
    .whereIn(
      'id',
      found.map(({ id }) => id),
    )
    .orderBy('id', 'desc')
    .select(PERSON_COLUMNS);
  return { count: found[0]?.matching ?? 0, sample };
}

/**
 * What is true of one person, clause by clause in reading order, in one statement. Null: there is
 * no such person.
 */
export async function truthOf(
  strapi: Core.Strapi,
  rule: CompiledRule,
  customerId: number,
): Promise<boolean[] | null> {
  const db = database(strapi);
  const context = contextOf(strapi, db, 'few');
  const person = (position: number) =>
    db('crm_customers')
      .select(db.raw('? as position', [position]))
      .where('crm_customers.id', customerId);
  const clauses = rule.clauses.map((clause, position) =>
    person(position).where((part) => rule.whereClause(part, clause, context)),
  );
  const rows: { position: number | string }[] = await person(-1).unionAll(clauses);
  const found = new Set(rows.map((row) => Number(row.position)));
  return found.has(-1) ? rule.clauses.map((_, position) => found.has(position)) : null;
}

/** Members of a segment with an id below `before`, by the primary key of the membership. */
export async function peopleOfSegment(
  strapi: Core.Strapi,
  segmentId: number,
  { before, limit }: { before?: number; limit: number },
): Promise<SamplePerson[]> {
  const query = database(strapi)('crm_segment_members')
    .join('crm_customers', 'crm_customers.id', 'crm_segment_members.customer_id')
    .where('crm_segment_members.segment_id', segmentId)
    .orderBy('crm_segment_members.customer_id', 'desc')
    .limit(limit)
    .select(PERSON_COLUMNS);
  if (before !== undefined) query.where('crm_segment_members.customer_id', '<', before);
  return heavyRead<SamplePerson>(strapi, query);
}
