import type { Core } from '@strapi/strapi';

import type { Locale } from '../kernel';
import type { MergeTag } from './domain/merge-tags';
import type { ContentDocument, EntryKey, LibraryFile } from './index';
import { populateOf, withoutPrivate, type ModelOf, type Populate } from './populate';

/** Reads of the document service; the type of any project is only known by its uid. */
interface Documents {
  findFirst(params: object): Promise<ContentDocument | null>;
  findMany(params: object): Promise<ContentDocument[]>;
}

const LIST_MAX = 500;

export type EntryStatus = 'draft' | 'published';

export function contentStore(strapi: Core.Strapi) {
  const modelOf: ModelOf = (uid) => strapi.getModel(uid as never) as ReturnType<ModelOf>;
  const populates = new Map<string, Populate>();
  const populate = (uid: string): Populate => {
    const known = populates.get(uid) ?? populateOf(modelOf, uid);
    populates.set(uid, known);
    return known;
  };
  const documents = (uid: string) => strapi.documents(uid as never) as unknown as Documents;
  const clean = (uid: string, document: ContentDocument) =>
    withoutPrivate(modelOf, uid, document) as ContentDocument;
  const whole = (uid: string, locale: Locale, status: EntryStatus = 'published') => ({
    locale,
    ...(hasDrafts(strapi, uid) ? { status } : {}),
    populate: populate(uid),
  });

  return {
    async find(
      uid: string,
      key: EntryKey,
      locale: Locale,
      status?: EntryStatus,
    ): Promise<ContentDocument | null> {
      const found = await documents(uid).findFirst({ ...whole(uid, locale, status), filters: key });
      return found ? clean(uid, found) : null;
    },
    /** With who made it, which Strapi's conditions ("only their own") ask for. */
    findForPermission: (uid: string, documentId: string, locale: Locale, status: EntryStatus) =>
      documents(uid).findFirst({
        locale,
        ...(hasDrafts(strapi, uid) ? { status } : {}),
        filters: { documentId },
        populate: { createdBy: { populate: ['roles'] } },
      }),
    isActiveAdmin: async (id: number): Promise<boolean> => {
      const found: unknown = await strapi.db
        .query('admin::user')
        .findOne({ select: ['id'], where: { id, isActive: true, blocked: { $ne: true } } });
      return found !== null;
    },
    async list(uid: string, locale: Locale, sort: string): Promise<readonly ContentDocument[]> {
      const found = await documents(uid).findMany({
        ...whole(uid, locale),
        sort,
        limit: LIST_MAX,
      });
      return found.map((document) => clean(uid, document));
    },
    mergeTags: (locale: Locale) => mergeTags(documents('plugin::crm.merge-tag'), locale),
  };
}

export type ContentStore = ReturnType<typeof contentStore>;

function hasDrafts(strapi: Core.Strapi, uid: string): boolean {
  const model: unknown = strapi.getModel(uid as never);
  const { options } = (model ?? {}) as { options?: { draftAndPublish?: boolean } };
  return options?.draftAndPublish === true;
}

/** By its address as it is stored: a path of our own, or the whole address in an object store. */
export async function libraryFile(strapi: Core.Strapi, url: string): Promise<LibraryFile | null> {
  const found = await strapi.db
    .query('plugin::upload.file')
    .findOne({ select: ['mime', 'size'], where: { url } });
  return found ? { mime: String(found.mime), kilobytes: Number(found.size) } : null;
}

async function mergeTags(documents: Documents, locale: Locale): Promise<readonly MergeTag[]> {
  const found = await documents.findMany({
    locale,
    populate: { variants: true },
    limit: LIST_MAX,
  });
  return found.map(({ key, variants, fallback }) => ({
    key: String(key),
    variants: (variants as { audience: unknown; text: string }[] | null) ?? [],
    fallback: typeof fallback === 'string' ? fallback : '',
  }));
}
