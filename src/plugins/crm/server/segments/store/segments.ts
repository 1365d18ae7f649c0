/** The segments themselves. Read through Strapi's query engine, which joins an open transaction. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import {
  ruleGroupSchema,
  segmentKindSchema,
  type RuleGroup,
  type SegmentInput,
  type SegmentKind,
} from '../../../shared/segments';
import { isPostgres } from '../../kernel';

const segmentUid = 'plugin::crm.segment';

export interface StoredSegment {
  readonly id: number;
  readonly documentId: string;
  readonly name: string;
  readonly description: string;
  readonly kind: SegmentKind;
  readonly memberCount: number;
  readonly evaluatedAt: number | null;
  /** Null: somebody wrote something into the database that is no rule. It matches nobody. */
  readonly rule: RuleGroup | null;
  /** Why nobody counts as a member for now. */
  readonly problem: string | null;
}

type Row = Readonly<Record<string, unknown>>;

function storedSegment(row: Row): StoredSegment {
  const rule = ruleGroupSchema.safeParse(row.rule);
  const kind = segmentKindSchema.safeParse(row.kind);
  return {
    id: Number(row.id),
    documentId: String(row.documentId),
    name: String(row.name),
    description: typeof row.description === 'string' ? row.description : '',
    kind: kind.success ? kind.data : 'dynamic',
    memberCount: Number(row.memberCount ?? 0),
    evaluatedAt: row.evaluatedAt ? new Date(String(row.evaluatedAt)).getTime() : null,
    rule: rule.success ? rule.data : null,
    problem: typeof row.problem === 'string' ? row.problem : null,
  };
}

const segments = (strapi: Core.Strapi) => strapi.db.query(segmentUid);

export async function listSegments(strapi: Core.Strapi): Promise<StoredSegment[]> {
  const rows: Row[] = await segments(strapi).findMany({
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(storedSegment);
}

export async function noteProblem(
  strapi: Core.Strapi,
  id: number,
  problem: string | null,
): Promise<void> {
  await segments(strapi).update({ where: { id }, data: { problem } });
}

export async function findSegment(
  strapi: Core.Strapi,
  where: { documentId: string } | { name: string },
): Promise<StoredSegment | null> {
  const row: Row | null = await segments(strapi).findOne({ where });
  return row ? storedSegment(row) : null;
}

/** Returns the documentId. Strapi's query engine gives one to every row it creates. */
export async function insertSegment(strapi: Core.Strapi, input: SegmentInput): Promise<string> {
  const created: { documentId: string } = await segments(strapi).create({ data: input });
  return created.documentId;
}

export async function changeSegment(
  strapi: Core.Strapi,
  id: number,
  change: Partial<SegmentInput>,
): Promise<void> {
  await segments(strapi).update({ where: { id }, data: change });
}

export async function removeSegment(strapi: Core.Strapi, id: number): Promise<void> {
  await segments(strapi).delete({ where: { id } });
}

/** After a full evaluation: the exact count and when it was taken. */
export async function noteEvaluation(
  trx: Knex.Transaction,
  segmentId: number,
  memberCount: number,
  now: Date,
): Promise<void> {
  // As Strapi stores a datetime: milliseconds on SQLite, a timestamp in UTC on PostgreSQL.
  const evaluatedAt = isPostgres(trx) ? now.toISOString() : now.getTime();
  await trx('crm_segments')
    .where({ id: segmentId })
    .update({ member_count: memberCount, evaluated_at: evaluatedAt });
}

/** After single people entered or left: counting all members again would cost a scan. */
export async function moveMemberCount(trx: Knex, segmentId: number, by: number) {
  await trx('crm_segments')
    .where({ id: segmentId })
    .update({ member_count: trx.raw('coalesce(member_count, 0) + ?', [by]) });
}
