/** Turns rows of the index into what a person reads: entries by title, with the way to them. */
import type { Core } from '@strapi/strapi';

import type { AccessUsage } from '../../../shared/access-rules';
import { titlesOf, type StoredUsage } from './store';

interface Schema {
  readonly kind?: string;
  readonly info?: { readonly displayName?: string };
  readonly attributes: Readonly<Record<string, { readonly type: string }>>;
}

const schemaOf = (strapi: Core.Strapi, uid: string): Schema | undefined =>
  strapi.contentTypes[uid as never] as unknown as Schema | undefined;

const TITLES = ['title', 'name', 'label', 'subject', 'heading'];

function titleAttribute({ attributes }: Schema): string {
  const strings = Object.keys(attributes).filter((name) => attributes[name]?.type === 'string');
  return TITLES.find((name) => strings.includes(name)) ?? strings[0] ?? 'documentId';
}

/** `uid documentId` → title; the documentId where an entry has none. */
export async function titlesFor(
  strapi: Core.Strapi,
  subjects: readonly { uid: string; documentId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const titles = new Map<string, string>();
  for (const uid of new Set(subjects.map((subject) => subject.uid))) {
    const schema = schemaOf(strapi, uid);
    if (!schema) continue;
    const ids = subjects.filter((one) => one.uid === uid).map(({ documentId }) => documentId);
    const found = await titlesOf(strapi, uid, titleAttribute(schema), [...new Set(ids)]);
    for (const id of ids) titles.set(`${uid} ${id}`, found.get(id) || id);
  }
  return titles;
}

/** One line an entry, in the order in which they were written. */
export async function entriesOf(
  strapi: Core.Strapi,
  usages: readonly StoredUsage[],
): Promise<AccessUsage[]> {
  const byEntry = new Map<string, StoredUsage[]>();
  for (const usage of usages) {
    const key = `${usage.uid} ${usage.documentId}`;
    byEntry.set(key, [...(byEntry.get(key) ?? []), usage]);
  }
  const titles = await titlesFor(strapi, usages);
  return [...byEntry].flatMap(([key, places]) => {
    const [first] = places;
    const schema = first && schemaOf(strapi, first.uid);
    if (!first || !schema) return [];
    const { uid, documentId } = first;
    return [
      {
        uid,
        documentId,
        type: schema.info?.displayName ?? uid,
        title: titles.get(key) ?? documentId,
        path: adminPath(schema, uid, documentId),
        locales: [...new Set(places.map((place) => place.locale))].filter(Boolean).sort(),
        published: places.some((place) => place.published),
      },
    ];
  });
}

const adminPath = (schema: Schema, uid: string, documentId: string): string =>
  schema.kind === 'singleType'
    ? `content-manager/single-types/${uid}`
    : `content-manager/collection-types/${uid}/${documentId}`;
