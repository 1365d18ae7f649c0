import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { chunked, database, INSERT_CHUNK } from '../../kernel';
import { isEntity } from '../domain/gate';
import { ungated } from '../rest/scope';
import { withConnection } from '../rest/store';

const FILE = 'plugin::upload.file';

export interface FileNames {
  readonly fileId: number;
  /** Under which names the file and its smaller copies are served. */
  readonly names: readonly string[];
}

/** The last part of an address, as it is compared: a file system may not tell cases apart. */
export const servedName = (url: string): string => {
  const [path = ''] = url.split(/[?#]/);
  return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)).toLowerCase();
};

export async function namesOfFiles(
  strapi: Core.Strapi,
  ids: readonly number[],
): Promise<FileNames[]> {
  if (ids.length === 0) return [];
  const where = { id: { $in: [...ids] } };
  const files: unknown[] = await ungated(() =>
    strapi.db.query(FILE).findMany({ where, select: ['id', 'url', 'formats'] }),
  );
  return files.filter(isEntity).map(({ id, url, formats }) => {
    const copies = isEntity(formats) ? Object.values(formats).filter(isEntity) : [];
    const urls = [url, ...copies.map((copy) => copy.url)];
    const names = urls.filter((one): one is string => typeof one === 'string').map(servedName);
    return { fileId: Number(id), names };
  });
}

export async function replaceNames(trx: Knex.Transaction, files: readonly FileNames[]) {
  for (const { fileId, names } of files) {
    await trx('crm_gated_file_names').where({ file_id: fileId }).delete();
    const rows = names.map((name) => ({ file_id: fileId, name: name.slice(0, 500) }));
    for (const part of chunked(rows, INSERT_CHUNK)) await trx('crm_gated_file_names').insert(part);
  }
}

interface MorphTable {
  readonly name: string;
  readonly joinColumn: { readonly name: string };
  readonly morphColumn: {
    readonly idColumn: { readonly name: string };
    readonly typeColumn: { readonly name: string };
  };
}

/** The table by which Strapi remembers where files are used. */
function placesTable(strapi: Core.Strapi): MorphTable {
  const { related } = strapi.db.metadata.get(FILE).attributes as unknown as {
    related: { joinTable: MorphTable };
  };
  return related.joinTable;
}

/** Files that stand somewhere gated and nowhere openly, as a query of their ids. */
function gatedFiles(strapi: Core.Strapi, db: Knex): Knex.QueryBuilder {
  const { name, joinColumn, morphColumn } = placesTable(strapi);
  const openly = db(`${name} as place`)
    .whereRaw('?? = ??', [`place.${joinColumn.name}`, 'gated.file_id'])
    .whereNotExists(
      db('crm_gated_files as known')
        .whereRaw('?? = ??', ['known.file_id', 'gated.file_id'])
        .whereRaw('?? = ??', ['known.holder_type', `place.${morphColumn.typeColumn.name}`])
        .whereRaw('?? = ??', ['known.holder_id', `place.${morphColumn.idColumn.name}`])
        .select(db.raw('1')),
    )
    .select(db.raw('1'));
  return db('crm_gated_files as gated')
    .where('gated.gated', true)
    .whereNotExists(openly)
    .select('gated.file_id');
}

/** A subquery, for leaving them out. */
export const gatedFileIds = (strapi: Core.Strapi): Knex.QueryBuilder =>
  gatedFiles(strapi, database(strapi));

/** Those of these files that not everybody may have. */
export async function gatedAmong(
  strapi: Core.Strapi,
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  const db = database(strapi);
  const found = new Set<number>();
  for (const part of chunked(ids)) {
    const rows = (await gatedFiles(strapi, db).whereIn('gated.file_id', part)) as {
      file_id: number;
    }[];
    for (const row of rows) found.add(Number(row.file_id));
  }
  return found;
}

/** Is a file served under this name that not everybody may have? */
export async function isGatedName(strapi: Core.Strapi, name: string): Promise<boolean> {
  const db = database(strapi);
  const named = db('crm_gated_file_names').where({ name }).select('file_id');
  const found = (await gatedFiles(strapi, db).whereIn('gated.file_id', named).first()) as unknown;
  return found !== undefined;
}

export async function refreshNames(strapi: Core.Strapi, fileId: number): Promise<void> {
  await withConnection(strapi, async (db) => {
    const known = await db('crm_gated_file_names').where({ file_id: fileId }).first('id');
    if (!known) return;
    const files = await namesOfFiles(strapi, [fileId]);
    await replaceNames(db as unknown as Knex.Transaction, files);
  });
}
