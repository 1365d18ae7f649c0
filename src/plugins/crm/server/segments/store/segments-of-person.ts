/** For statements of other features: apart, so that whoever joins them needs nothing of the rules. */
import type { Knex } from 'knex';

import type { Database } from '../../kernel';

/** A sub-query: `document_id` of the segments that the customer in `column` is in. */
export const segmentIdsOf = (db: Database, column: string): Knex.QueryBuilder =>
  db('crm_segment_members as member')
    .join('crm_segments as segment', 'segment.id', 'member.segment_id')
    .whereRaw('?? = ??', ['member.customer_id', column])
    .whereNull('segment.problem')
    .select('segment.document_id');
