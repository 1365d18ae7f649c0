/** Who is in other segments. Their members are read as they are, so a question costs no more. */
import { defineCondition, type SegmentCondition } from '../condition';
import { readsSegment } from '../domain/nesting';
import { listSegments } from '../store/segments';
import { whereFacts } from './facts';
import { fieldLabel } from './labels';

const member = defineCondition<'choice'>({
  field: 'segment.member',
  group: 'segment',
  valueType: 'choice',
  label: fieldLabel('segment.member'),
  reads: [],
  readsOf: ({ value }) => value.map(readsSegment),
  options: async (strapi) =>
    (await listSegments(strapi)).map(({ documentId, name }) => ({
      value: documentId,
      label: name,
    })),
  where: (query, { operator, value, ...context }) => {
    const { db } = context;
    const segments = db('crm_segments')
      .select('crm_segments.id')
      .whereIn('crm_segments.document_id', value);
    const facts = db('crm_segment_members').whereIn('crm_segment_members.segment_id', segments);
    const customerColumn = 'crm_segment_members.customer_id';
    whereFacts(query, { facts, customerColumn, selective: true }, context, operator === 'notIn');
  },
});

export const nestedConditions: readonly SegmentCondition[] = [member];
