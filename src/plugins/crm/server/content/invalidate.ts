import type { Core } from '@strapi/strapi';

const WRITES = new Set([
  'create',
  'update',
  'delete',
  'clone',
  'publish',
  'unpublish',
  'discardDraft',
]);

/** Calls `clear` after every write of a document and of a media file. */
export function onContentWrite(strapi: Core.Strapi, clear: () => void): void {
  strapi.documents.use(async (context, next) => {
    const result = await next();
    if (WRITES.has(context.action)) await afterCommit(strapi, clear);
    return result;
  });
  strapi.db.lifecycles.subscribe({
    models: ['plugin::upload.file'],
    afterUpdate: () => clear(),
    afterDelete: () => clear(),
  });
}

/** Now, and again once the transaction around it has committed: until then others read the old row. */
async function afterCommit(strapi: Core.Strapi, clear: () => void): Promise<void> {
  clear();
  if (!strapi.db.inTransaction()) return;
  await strapi.db.transaction(async ({ onCommit }) => {
    onCommit(clear);
  });
}
