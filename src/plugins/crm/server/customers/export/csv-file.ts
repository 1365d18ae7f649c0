/** A file of people that leaves the house, piece by piece. Who asked for what, and how much it was, is written down. */
import type { Core } from '@strapi/strapi';
import { stringify } from 'csv-stringify/sync';
import { encode } from 'iconv-lite';

import type { ExportEncoding } from '../../../shared/customer-work';
import { clock, database } from '../../kernel';
import { forCp932 } from '../domain/cp932';
import { finishExport, insertExport } from '../store/exports';

export interface TakenOut {
  /** What narrows it: said in the record of exports. */
  readonly filter: object;
  readonly fields: readonly string[];
  readonly encoding: ExportEncoding;
  readonly staffId: number | null;
}

type Cells = readonly string[];

/** Excel takes a cell that begins so for a formula. */
const options = { escape_formulas: true, record_delimiter: 'windows' } as const;

/** No page is asked for before the one before it has been read: no file is too large. */
export async function* csvFile(
  strapi: Core.Strapi,
  about: TakenOut,
  labels: Cells,
  pages: AsyncIterable<readonly Cells[]>,
): AsyncGenerator<Buffer> {
  const db = database(strapi);
  const now = () => clock(strapi).now().getTime();
  const id = await insertExport(db, about, now());
  let rows = 0;
  let unencodable = 0;
  const bytesOf = (lines: readonly Cells[], bom: boolean): Buffer => {
    const text = stringify([...lines], { ...options, bom: bom && about.encoding === 'utf8' });
    if (about.encoding === 'utf8') return Buffer.from(text);
    const told = forCp932(text);
    unencodable += told.lost;
    return encode(told.text, 'cp932');
  };
  try {
    yield bytesOf([labels], true);
    for await (const page of pages) {
      rows += page.length;
      yield bytesOf(page, false);
    }
  } finally {
    await finishExport(db, id, { rows, unencodable, now: now() });
  }
}
