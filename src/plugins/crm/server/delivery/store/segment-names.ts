import type { Core } from '@strapi/strapi';

/** Names of segments by documentId; one query for a whole list. */
export async function segmentNames(
  strapi: Core.Strapi,
  documentIds: readonly string[],
): Promise<Map<string, string>> {
  if (documentIds.length === 0) return new Map();
  const rows: { documentId: string; name: string }[] = await strapi.db
    .query('plugin::crm.segment')
    .findMany({
      where: { documentId: { $in: [...new Set(documentIds)] } },
      select: ['documentId', 'name'],
    });
  return new Map(rows.map(({ documentId, name }) => [documentId, name]));
}

export interface SegmentDefinition {
  readonly documentId: string;
  readonly kind: string;
  readonly rule: unknown;
}

/** What decides who is in it, or that its people are a list; null when it is gone. */
export const segmentDefinition = (
  strapi: Core.Strapi,
  documentId: string,
): Promise<SegmentDefinition | null> =>
  strapi.db
    .query('plugin::crm.segment')
    .findOne({ where: { documentId }, select: ['documentId', 'kind', 'rule'] });
