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

/** What decides who is in it; null when it is gone. */
export async function segmentDefinition(strapi: Core.Strapi, documentId: string): Promise<object> {
  const row: { documentId: string; kind: string; rule: unknown } | null = await strapi.db
    .query('plugin::crm.segment')
    .findOne({ where: { documentId }, select: ['documentId', 'kind', 'rule'] });
  return [row?.documentId, row?.kind, row?.rule];
}
