/** For later features with small files of their own: an upload as rows of cells. */
import type { Context } from 'koa';

import { success, type Result } from '../../kernel';
import { fieldsOf } from './csv-record';
import { openFile } from './open-file';
import { withUpload } from './upload';

const LARGEST = 256 * 1024 * 1024;

export interface UploadedRow {
  readonly line: number;
  /** Null: the line could not be read. */
  readonly cells: readonly string[] | null;
}

export interface UploadedTable {
  /** The first row, trimmed. */
  readonly headings: readonly string[];
  readonly rows: AsyncIterable<UploadedRow>;
}

/** CSV in any encoding, or XLSX. Gives `use` the rows for as long as the request lasts. */
export const withUploadedTable = <T>(
  ctx: Context,
  use: (table: UploadedTable) => Promise<T>,
): Promise<Result<T>> =>
  withUpload(ctx, LARGEST, async ({ file }) => {
    const opened = await openFile(file);
    if (!opened.ok) return opened;
    const { headings, records, delimiter, close } = opened.value;
    const rows = (async function* (): AsyncGenerator<UploadedRow> {
      for await (const some of records) {
        for (const { line, text, broken } of some) {
          yield { line, cells: broken ? null : fieldsOf(text, delimiter) };
        }
      }
    })();
    try {
      return success(await use({ headings, rows }));
    } finally {
      close();
    }
  });
