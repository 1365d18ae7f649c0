/** A file of customer numbers or e-mail addresses becomes the members of an imported segment. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import type { SegmentImport } from '../../shared/segments';
import { normalizeEmail, withUploadedTable, type UploadedTable } from '../customers';
import { database, refuse, success, translate, type Locale, type Result } from '../kernel';
import { changeMembers } from './by-hand';
import { allMemberIds } from './store/membership';
import { customersByKey } from './store/named-customers';
import { findSegment } from './store/segments';

const SHOWN_REJECTIONS = 100;
const ROWS_AT_ONCE = 1000;

const HEADINGS =
  /^(customer ?_?number|customer ?_?id|e-?mail( address)?|会員番号|顧客番号|お客様番号|メールアドレス|メール)$/i;

type Reason = 'empty' | 'broken' | 'unknown';

interface Read {
  rows: number;
  rejected: number;
  readonly found: Set<number>;
  readonly rejections: { line: number; value: string; reason: Reason }[];
}

interface Row {
  readonly line: number;
  readonly value: string | null;
}

const reject = (read: Read, { line, value }: Row, reason: Reason): void => {
  read.rejected += 1;
  if (read.rejections.length >= SHOWN_REJECTIONS) return;
  read.rejections.push({ line, value: (value ?? '').slice(0, 100), reason });
};

/** An address as identities keep it, or the number as it stands. */
const keyOf = (value: string): { kind: 'email' | 'number'; key: string } | null => {
  if (!/[@＠]/.test(value)) return { kind: 'number', key: value.normalize('NFKC') };
  const key = normalizeEmail(value);
  return key ? { kind: 'email', key } : null;
};

async function resolve(strapi: Core.Strapi, read: Read, rows: readonly Row[]): Promise<void> {
  const keyed = rows.map((row) => ({ row, key: row.value ? keyOf(row.value) : null }));
  const keys = (kind: 'email' | 'number') =>
    keyed.flatMap(({ key }) => (key?.kind === kind ? [key.key] : []));
  const known = await customersByKey(database(strapi), {
    emails: keys('email'),
    numbers: keys('number'),
  });
  for (const { row, key } of keyed) {
    const customerId = key && known[key.kind].get(key.key);
    if (customerId) read.found.add(customerId);
    else if (row.value === null) reject(read, row, 'broken');
    else reject(read, row, row.value === '' ? 'empty' : 'unknown');
  }
}

/** The column whose heading says so; a file without headings has its values in the first column. */
async function readTable(strapi: Core.Strapi, table: UploadedTable): Promise<Read> {
  const read: Read = { rows: 0, rejected: 0, found: new Set(), rejections: [] };
  const named = table.headings.findIndex((heading) => HEADINGS.test(heading.normalize('NFKC')));
  const column = Math.max(named, 0);
  let waiting: Row[] = named < 0 ? [{ line: 1, value: table.headings[0] ?? '' }] : [];
  const settle = async () => {
    read.rows += waiting.length;
    await resolve(strapi, read, waiting);
    waiting = [];
  };
  for await (const { line, cells } of table.rows) {
    waiting.push({ line, value: cells ? (cells[column] ?? '').trim() : null });
    if (waiting.length >= ROWS_AT_ONCE) await settle();
  }
  await settle();
  return read;
}

/** Afterwards the members are whom the file names, and nobody else. Refuses a file that names nobody. */
export async function importMembers(
  strapi: Core.Strapi,
  ctx: Context,
  documentId: string,
  reader: Locale,
): Promise<Result<SegmentImport>> {
  const segment = await findSegment(strapi, { documentId });
  if (!segment) return refuse('segments.not-found', 404);
  if (segment.kind !== 'imported') return refuse('segments.not-imported', 409);
  const uploaded = await withUploadedTable(ctx, (table) => readTable(strapi, table));
  if (!uploaded.ok) return uploaded;
  const { rows, rejected, rejections, found } = uploaded.value;
  if (found.size === 0) return refuse('segments.import-names-nobody', 400, { params: { rows } });
  const members = await allMemberIds(strapi, segment.id);
  const counts = await changeMembers(strapi, segment, {
    entering: [...found],
    leaving: members.filter((id) => !found.has(id)),
  });
  return success({
    rows,
    rejected,
    ...counts,
    members: found.size,
    rejections: rejections.map((rejection) => ({
      ...rejection,
      message: translate(strapi, reader, `segments.rejected.${rejection.reason}`),
    })),
  });
}
