/** Reading who is in which segments. Nobody is in one whose rule cannot be used any more. */
import type { Knex } from 'knex';

import { chunked, type Database } from '../../kernel';

/** Statement of the members of a segment by its documentId; nobody when there is no such one. */
export function membersOf(db: Database, documentId: string): Knex.QueryBuilder {
  return db('crm_segment_members')
    .select('crm_segment_members.customer_id')
    .whereIn(
      'crm_segment_members.segment_id',
      db('crm_segments')
        .select('crm_segments.id')
        .where({ document_id: documentId })
        .whereNull('crm_segments.problem'),
    );
}

/** Names of the segments of many people, in one query by the table's customer index. */
export async function segmentNamesOf(
  db: Database,
  customerIds: readonly number[],
): Promise<Map<number, { documentId: string; name: string }[]>> {
  const rows: { customer_id: number; document_id: string; name: string }[] = await db(
    'crm_segment_members as member',
  )
    .join('crm_segments as segment', 'segment.id', 'member.segment_id')
    .whereIn('member.customer_id', [...customerIds])
    .whereNull('segment.problem')
    .orderBy('segment.name')
    .select('member.customer_id', 'segment.document_id', 'segment.name');
  const names = new Map<number, { documentId: string; name: string }[]>();
  for (const row of rows) {
    const of = names.get(Number(row.customer_id)) ?? [];
    of.push({ documentId: row.document_id, name: row.name });
    names.set(Number(row.customer_id), of);
  }
  return names;
}

/** documentIds by customer, in one statement per chunk; who is in none is left out. */
export async function segmentsOfCustomers(
  db: Database,
  customerIds: readonly number[],
): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>();
  for (const part of chunked(customerIds)) {
    const rows: { customer_id: number; document_id: string }[] = await db(
      'crm_segment_members as member',
    )
      .join('crm_segments as segment', 'segment.id', 'member.segment_id')
      .whereIn('member.customer_id', part)
      .whereNull('segment.problem')
      .select('member.customer_id', 'segment.document_id');
    for (const row of rows) {
      const id = Number(row.customer_id);
      found.set(id, [...(found.get(id) ?? []), row.document_id]);
    }
  }
  return found;
}

export async function memberIdsPage(
  db: Database,
  documentId: string,
  { after = 0, limit }: { after?: number; limit: number },
): Promise<number[]> {
  const rows: { customer_id: number }[] = await membersOf(db, documentId)
    .where('crm_segment_members.customer_id', '>', after)
    .orderBy('crm_segment_members.customer_id')
    .limit(limit);
  return rows.map((row) => Number(row.customer_id));
}
