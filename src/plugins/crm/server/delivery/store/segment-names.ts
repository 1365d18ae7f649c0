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
