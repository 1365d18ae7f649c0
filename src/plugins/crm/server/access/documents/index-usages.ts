/** Keeps the tables of usages and gated files true to what is stored. */
import type { Core } from '@strapi/strapi';

import { inTransaction } from '../../kernel';
import { namesOfFiles, replaceNames } from '../files/store';
import { isEntity, type Entity } from '../domain/gate';
import { placedFiles } from '../domain/placed-files';
import { entryReferences } from '../domain/references';
import { gateModels } from '../gate-models';
import { carriers } from './carriers';
import { documentIdsAfter, replaceFiles, replaceUsages, versionsOf } from './store';

const WRITES = new Set([
  'create',
  'update',
  'delete',
  'clone',
  'publish',
  'unpublish',
  'discardDraft',
]);

/**
 * In one transaction with the entry: a process that dies between the two would leave the file of a
 * gated entry open to all.
 */
export function indexOnWrite(strapi: Core.Strapi): void {
  strapi.documents.use(async (context, next) => {
    const { uid, action } = context as { uid: string; action: string };
    if (!WRITES.has(action) || !carriers(strapi).has(uid)) return next();
    const given = (context.params as { documentId?: unknown }).documentId;
    return await strapi.db.transaction(async () => {
      const result = await next();
      for (const documentId of documentsOf(given, result)) {
        await indexDocument(strapi, uid, documentId);
      }
      return result;
    });
  });
}

/** What was written: named by the caller, made just now, or both (a copy). */
function documentsOf(given: unknown, result: unknown): ReadonlySet<string> {
  const entries = isEntity(result) && Array.isArray(result.entries) ? result.entries : [];
  const made = [result, ...entries].filter(isEntity).map(({ documentId }) => documentId);
  return new Set([given, ...made].filter((id): id is string => typeof id === 'string'));
}

/** One document's rows in the tables, written anew. */
export async function indexDocument(
  strapi: Core.Strapi,
  uid: string,
  documentId: string,
): Promise<void> {
  const models = gateModels(strapi);
  const subject = { uid, documentId };
  await inTransaction(strapi, async ({ trx }) => {
    const versions = await versionsOf(strapi, uid, documentId);
    const usages = versions.flatMap((version) =>
      entryReferences(models, uid, version).map(({ path, kind, ref }) => ({
        locale: typeof version.locale === 'string' ? version.locale : '',
        published: isPublished(version),
        path: path.slice(0, 500),
        kind,
        ref: ref.slice(0, 255),
      })),
    );
    await replaceUsages(trx, subject, usages);
    const placed = versions.flatMap((version) =>
      // What stands openly in a published version opens a file; a draft opens nothing.
      placedFiles(models, uid, version).filter(({ gated }) => gated || !isPublished(version)),
    );
    await replaceFiles(trx, subject, placed);
    const gated = placed.filter((file) => file.gated).map(({ fileId }) => fileId);
    await replaceNames(trx, await namesOfFiles(strapi, [...new Set(gated)]));
  });
}

/** A type without drafts has a date of publishing in every row. */
const isPublished = (version: Entity): boolean => (version.publishedAt ?? null) !== null;

const BATCH = 200;
const STORE = { type: 'plugin', name: 'crm', key: 'access-usages' } as const;

/**
 * Reads all entries once: when the plugin is installed into a site that has some, and when a field
 * was added to another type. Goes on beside the requests.
 */
export async function indexAllWhenNew(strapi: Core.Strapi): Promise<void> {
  const uids = [...carriers(strapi).keys()].sort();
  const store = strapi.store(STORE);
  const done = ((await store.get()) ?? []) as unknown;
  const known = new Set(Array.isArray(done) ? done.map(String) : []);
  for (const uid of uids.filter((candidate) => !known.has(candidate))) {
    await indexType(strapi, uid);
    known.add(uid);
    await store.set({ value: [...known] });
  }
}

async function indexType(strapi: Core.Strapi, uid: string): Promise<void> {
  for (let after = 0; ;) {
    const rows = await documentIdsAfter(strapi, uid, after, BATCH);
    for (const documentId of new Set(rows.map((row) => row.documentId))) {
      await indexDocument(strapi, uid, documentId);
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.id;
  }
}
