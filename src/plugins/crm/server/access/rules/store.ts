import type { Core } from '@strapi/strapi';

import { ACCESS_RULE } from './content-type';

export interface StoredRule {
  readonly id: number;
  readonly documentId: string;
  readonly name: string;
  readonly description: string;
  /** As it stands in the database; not checked. */
  readonly audience: unknown;
}

type Row = Readonly<Record<string, unknown>>;

const storedRule = (row: Row): StoredRule => ({
  id: Number(row.id),
  documentId: String(row.documentId),
  name: String(row.name),
  description: typeof row.description === 'string' ? row.description : '',
  audience: row.audience,
});

const rules = (strapi: Core.Strapi) => strapi.db.query(ACCESS_RULE);

/** By name; there are hundreds at most. */
export async function storedRules(strapi: Core.Strapi): Promise<StoredRule[]> {
  const rows: Row[] = await rules(strapi).findMany({
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(storedRule);
}

export async function findRule(
  strapi: Core.Strapi,
  where: { documentId: string } | { name: string },
): Promise<StoredRule | null> {
  const row: Row | null = await rules(strapi).findOne({ where });
  return row ? storedRule(row) : null;
}

export type RuleData = Pick<StoredRule, 'name' | 'description' | 'audience'>;

/** Returns the documentId. */
export async function insertRule(strapi: Core.Strapi, data: RuleData): Promise<string> {
  const created: { documentId: string } = await rules(strapi).create({ data });
  return created.documentId;
}

export async function changeRule(strapi: Core.Strapi, id: number, data: RuleData): Promise<void> {
  await rules(strapi).update({ where: { id }, data });
}

export async function removeRule(strapi: Core.Strapi, id: number): Promise<void> {
  await rules(strapi).delete({ where: { id } });
}
