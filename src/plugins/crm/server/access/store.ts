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
