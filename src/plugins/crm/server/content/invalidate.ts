import type { Core } from '@strapi/strapi';

import { nodeMemory, type NodeMemory } from '../kernel';

const WRITES = new Set([
  'create',
  'update',
  'delete',
  'clone',
  'publish',
  'unpublish',
  'discardDraft',
]);

/** Calls `clear` after every write of a document and of a media file, on whichever node. */
export function onContentWrite(strapi: Core.Strapi, clear: () => void): NodeMemory {
  const memory = nodeMemory(strapi, 'content.documents', clear);
  const written = async () => {
    await afterCommit(strapi, clear);
    await memory.changed();
  };
  strapi.documents.use(async (context, next) => {
    const result = await next();
    if (WRITES.has(context.action)) await written();
    return result;
  });
  strapi.db.lifecycles.subscribe({
    models: ['plugin::upload.file'],
    afterUpdate: written,
    afterDelete: written,
  });
  return memory;
}

/** Now, and again once the transaction around it has committed: until then others read the old row. */
async function afterCommit(strapi: Core.Strapi, clear: () => void): Promise<void> {
  clear();
  if (!strapi.db.inTransaction()) return;
  await strapi.db.transaction(async ({ onCommit }) => {
    onCommit(clear);
  });
}
