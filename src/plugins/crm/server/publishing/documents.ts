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

/** Its title; null when there is no such entry in that language. */
export async function titleOf(
  strapi: Core.Strapi,
  target: PublicationTarget,
): Promise<string | null> {
  if (!canBePublished(strapi, target.uid)) return null;
  const { attributes = {} } = modelOf(strapi, target.uid) ?? {};
  const field = ['title', 'name', 'heading'].find((name) => attributes[name]?.type === 'string');
  const entry = await documents(strapi, target.uid).findOne({
    ...paramsOf(target),
    status: 'draft',
    fields: field ? [field] : ['id'],
  });
  if (!entry) return null;
  return field && entry[field] ? String(entry[field]) : target.documentId;
}

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
