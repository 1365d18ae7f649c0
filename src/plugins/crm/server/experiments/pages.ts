/** The entries a test of pages may choose between: those with blocks of their own. */
import type { Core } from '@strapi/strapi';

import type { TestablePage } from '../../shared/experiments';

interface Model {
  readonly uid: string;
  readonly info: { readonly displayName: string };
  readonly options?: { readonly draftAndPublish?: boolean };
  readonly attributes: Readonly<Record<string, { readonly type: string }>>;
}

interface Documents {
  findMany(params: object): Promise<Readonly<Record<string, unknown>>[]>;
}

/** Of each type the newest; who has more names them so that they are found. */
const MOST = 300;
const TITLES = ['title', 'name', 'heading'];

export async function testablePages(strapi: Core.Strapi): Promise<TestablePage[]> {
  const models = Object.values(strapi.contentTypes) as unknown as Model[];
  const pages: TestablePage[] = [];
  for (const { uid, info, options, attributes } of models) {
    const hasZone = Object.values(attributes).some(({ type }) => type === 'dynamiczone');
    const title = TITLES.find((name) => attributes[name]?.type === 'string');
    if (!uid.startsWith('api::') || !hasZone || !title) continue;
    const documents = strapi.documents(uid as never) as unknown as Documents;
    const found = await documents.findMany({
      ...(options?.draftAndPublish ? { status: 'published' } : {}),
      fields: [title],
      sort: 'updatedAt:desc',
      limit: MOST,
    });
    pages.push(
      ...found.map((entry) => ({
        uid,
        documentId: String(entry.documentId),
        title: String(entry[title]),
        type: info.displayName,
      })),
    );
  }
  return pages;
}
