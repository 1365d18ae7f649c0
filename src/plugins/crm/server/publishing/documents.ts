/** The entries of any draft-and-publish type, as far as publishing needs them. */
import type { Core } from '@strapi/strapi';

import type { PublicationAction, PublicationTarget } from '../../shared/publishing';

interface Model {
  readonly info?: { readonly displayName?: string };
  readonly options?: { readonly draftAndPublish?: boolean };
  readonly attributes: Readonly<Record<string, { readonly type: string }>>;
}

interface Documents {
  findOne(params: object): Promise<Readonly<Record<string, unknown>> | null>;
  publish(params: object): Promise<{ readonly entries: readonly unknown[] }>;
  unpublish(params: object): Promise<{ readonly entries: readonly unknown[] }>;
}

const modelOf = (strapi: Core.Strapi, uid: string): Model | undefined =>
  strapi.contentTypes[uid as never] as unknown as Model | undefined;

const documents = (strapi: Core.Strapi, uid: string): Documents =>
  strapi.documents(uid as never) as unknown as Documents;

const paramsOf = ({ documentId, locale }: PublicationTarget) => ({
  documentId,
  ...(locale === '' ? {} : { locale }),
});

export const canBePublished = (strapi: Core.Strapi, uid: string): boolean =>
  modelOf(strapi, uid)?.options?.draftAndPublish === true;

export const typeName = (strapi: Core.Strapi, uid: string): string =>
  modelOf(strapi, uid)?.info?.displayName ?? uid;

function titleField(strapi: Core.Strapi, uid: string): string | undefined {
  const { attributes = {} } = modelOf(strapi, uid) ?? {};
  return ['title', 'name', 'heading'].find((name) => attributes[name]?.type === 'string');
}

/** Its title; null when there is no such entry in that language. */
export async function titleOf(
  strapi: Core.Strapi,
  target: PublicationTarget,
): Promise<string | null> {
  if (!canBePublished(strapi, target.uid)) return null;
  const field = titleField(strapi, target.uid);
  const entry = await documents(strapi, target.uid).findOne({
    ...paramsOf(target),
    status: 'draft',
    fields: field ? [field] : ['id'],
  });
  if (!entry) return null;
  return field && entry[field] ? String(entry[field]) : target.documentId;
}

/** Titles of many drafts, one query a type; left out is what there is no draft of. */
export async function titlesOf(
  strapi: Core.Strapi,
  targets: readonly PublicationTarget[],
): Promise<ReadonlyMap<string, string>> {
  const titles = new Map<string, string>();
  for (const uid of new Set(targets.map((target) => target.uid))) {
    if (!canBePublished(strapi, uid)) continue;
    const field = titleField(strapi, uid);
    const ids = new Set(targets.flatMap((one) => (one.uid === uid ? [one.documentId] : [])));
    const rows: Readonly<Record<string, unknown>>[] = await strapi.db.query(uid as never).findMany({
      select: ['documentId', 'locale', ...(field ? [field] : [])],
      where: { documentId: { $in: [...ids] }, publishedAt: null },
    });
    for (const row of rows) {
      const documentId = String(row.documentId);
      const locale = typeof row.locale === 'string' ? row.locale : '';
      const title = field && row[field] ? String(row[field]) : documentId;
      titles.set(targetKey({ uid, documentId, locale }), title);
    }
  }
  return titles;
}

export const targetKey = ({ uid, documentId, locale }: PublicationTarget): string =>
  `${uid} ${documentId} ${locale}`;

/** With who made it, which Strapi's conditions ask for. */
export const entryForRights = async (
  strapi: Core.Strapi,
  target: PublicationTarget,
): Promise<object | null> =>
  canBePublished(strapi, target.uid)
    ? documents(strapi, target.uid).findOne({
        ...paramsOf(target),
        status: 'draft',
        populate: { createdBy: { populate: ['roles'] } },
      })
    : null;

/** False when there is nothing (any more) to publish or take down. Throws what Strapi throws. */
export async function perform(
  strapi: Core.Strapi,
  target: PublicationTarget,
  action: PublicationAction,
): Promise<boolean> {
  if ((await titleOf(strapi, target)) === null) return false;
  const service = documents(strapi, target.uid);
  if (action === 'publish') return (await service.publish(paramsOf(target))).entries.length > 0;
  await service.unpublish(paramsOf(target));
  return true;
}
