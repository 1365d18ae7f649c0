import { useMemo } from 'react';

import { z } from 'zod';

import { segmentFieldSchema } from '../../shared/segments';
import { useCrmQuery } from '../ui';

const fieldsSchema = z.object({ data: z.array(segmentFieldSchema) });

/** The fields that rules may ask about, also by name. */
export function useFields() {
  const query = useCrmQuery(fieldsSchema, '/crm/segments/fields');
  const list = query.data?.data;
  const byName = useMemo(() => new Map((list ?? []).map((field) => [field.field, field])), [list]);
  return { ...query, list: list ?? [], byName };
}
