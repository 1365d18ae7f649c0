import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { chunked, INSERT_CHUNK } from '../../kernel';
import { isEntity, type Entity } from '../domain/gate';
import { gateModels } from '../gate-models';
import { partsPopulate } from './carriers';

/** Every version of a document, drafts and locales, with its components and files. */
export async function versionsOf(
  strapi: Core.Strapi,
  uid: string,
  documentId: string,
): Promise<Entity[]> {
  const rows: unknown[] = await strapi.db.query(uid as never).findMany({
    where: { documentId },
    populate: partsPopulate(gateModels(strapi), uid),
  });
  return rows.filter(isEntity);
}

/** Documents of a type in the order of their ids, for going through all of them. */
export async function documentIdsAfter(
  strapi: Core.Strapi,
  uid: string,
  after: number,
  limit: number,
): Promise<{ id: number; documentId: string }[]> {
  return strapi.db.query(uid as never).findMany({
    select: ['id', 'documentId'],
    where: { id: { $gt: after } },
    orderBy: { id: 'asc' },
    limit,
  }) as Promise<{ id: number; documentId: string }[]>;
}

interface Subject {
  readonly uid: string;
  readonly documentId: string;
}

export interface UsageRow {
  readonly locale: string;
  readonly published: boolean;
  readonly path: string;
  readonly kind: string;
  readonly ref: string;
}

export interface FileRow {
  readonly fileId: number;
  readonly holderType: string;
  readonly holderId: number;
  readonly gated: boolean;
}

async function replace(
  trx: Knex.Transaction,
  table: string,
  { uid, documentId }: Subject,
  rows: readonly object[],
): Promise<void> {
  await trx(table).where({ uid, document_id: documentId }).delete();
  for (const part of chunked(rows, INSERT_CHUNK)) {
    await trx(table).insert(part.map((row) => ({ uid, document_id: documentId, ...row })));
  }
}

export const replaceUsages = (trx: Knex.Transaction, of: Subject, rows: readonly UsageRow[]) =>
  replace(trx, 'crm_access_usages', of, rows);

export const replaceFiles = (trx: Knex.Transaction, of: Subject, rows: readonly FileRow[]) =>
  replace(
    trx,
    'crm_gated_files',
    of,
    rows.map(({ fileId, holderType, holderId, gated }) => ({
      file_id: fileId,
      holder_type: holderType,
      holder_id: holderId,
      gated,
    })),
  );
