import type { Core } from '@strapi/strapi';

import type { ReferenceKind } from '../../../shared/access-rules';
import { REFERENCE_KINDS } from '../../../shared/access-rules';
import { crmConfig, database } from '../../kernel';

export interface StoredUsage {
  readonly uid: string;
  readonly documentId: string;
  readonly locale: string;
  readonly published: boolean;
  readonly path: string;
  readonly kind: ReferenceKind;
  readonly ref: string;
}

/** A list for a person to read ends somewhere. */
const LIMIT = 2_000;

type Row = Readonly<Record<string, unknown>>;

const usageOf = (row: Row): StoredUsage => ({
  uid: String(row.uid),
  documentId: String(row.document_id),
  locale: String(row.locale),
  published: Boolean(row.published),
  path: String(row.path),
  kind: REFERENCE_KINDS.find((kind) => kind === row.kind) ?? 'invalid',
  ref: String(row.ref),
});

export interface UsageFilter {
  readonly kind?: ReferenceKind;
  readonly ref?: string;
  readonly uid?: string;
  readonly documentId?: string;
}

/** By `(kind, ref)` or by `(uid, document_id)`, each on its index. */
export async function findUsages(
  strapi: Core.Strapi,
  { kind, ref, uid, documentId }: UsageFilter,
): Promise<StoredUsage[]> {
  const query = database(strapi)('crm_access_usages').orderBy('id').limit(LIMIT);
  if (kind !== undefined) void query.where({ kind });
  if (ref !== undefined) void query.where({ ref });
  if (uid !== undefined) void query.where({ uid });
  if (documentId !== undefined) void query.where({ document_id: documentId });
  return ((await query) as Row[]).map(usageOf);
}

/** Of one kind: how many documents name what. */
export async function countUsages(
  strapi: Core.Strapi,
  kind: ReferenceKind,
): Promise<ReadonlyMap<string, number>> {
  const db = database(strapi);
  const documents = db('crm_access_usages')
    .where({ kind })
    .distinct('ref', 'uid', 'document_id')
    .as('documents');
  const rows: { ref: string; n: number | string }[] = await db
    .from(documents)
    .select('ref')
    .count({ n: '*' })
    .groupBy('ref');
  return new Map(rows.map(({ ref, n }) => [ref, Number(n)]));
}

/** What is named anywhere, each once. */
export async function namedAnywhere(
  strapi: Core.Strapi,
): Promise<{ kind: ReferenceKind; ref: string }[]> {
  const rows: Row[] = await database(strapi)('crm_access_usages').distinct('kind', 'ref');
  return rows.map((row) => usageOf(row)).map(({ kind, ref }) => ({ kind, ref }));
}

/** In the site's own language where there are several. */
export async function titlesOf(
  strapi: Core.Strapi,
  uid: string,
  attribute: string,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = (await strapi.db.query(uid as never).findMany({
    select: ['documentId', 'locale', attribute],
    where: { documentId: { $in: [...documentIds] } },
    orderBy: { id: 'asc' },
  })) as Row[];
  const { defaultLocale } = crmConfig(strapi);
  const own = rows.filter((row) => row.locale === defaultLocale);
  return new Map(
    [...rows, ...own].map((row) => [String(row.documentId), String(row[attribute] ?? '')]),
  );
}
