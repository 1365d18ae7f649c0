import type { Core } from '@strapi/strapi';

/** Newest first; an editor with more than these finds the rest by typing. */
export const namesOfSegments = (
  strapi: Core.Strapi,
): Promise<{ documentId: string; name: string }[]> =>
  strapi.db.query('plugin::crm.segment').findMany({
    select: ['documentId', 'name'],
    orderBy: { id: 'desc' },
    limit: 500,
  });

const columnOf = async (strapi: Core.Strapi, uid: string, column: string) => {
  const rows: Readonly<Record<string, unknown>>[] = await strapi.db
    .query(uid as never)
    .findMany({ select: [column] });
  return new Set(rows.map((row) => String(row[column])));
};

/** The groups of people there are: tiers and plans by key, segments by documentId. */
export const storedGroups = async (strapi: Core.Strapi) => ({
  tier: await columnOf(strapi, 'plugin::crm.member-tier', 'key'),
  plan: await columnOf(strapi, 'plugin::crm.plan', 'key'),
  segment: await columnOf(strapi, 'plugin::crm.segment', 'documentId'),
});
