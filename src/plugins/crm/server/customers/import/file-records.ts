/** Records of a file of any kind, and how far it has been read. Without the kernel: a thread reads by it. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

import { linesOf, recordsOf, type CsvRecord } from './csv-reader';
import { decodeText, type Encoding } from './encoding';
import { openSheet } from './xlsx/sheet';

export type FileEncoding = Encoding | 'xlsx';

export interface FileRecords {
  readonly records: AsyncGenerator<readonly CsvRecord[]>;
  /** Bytes: of the file, or of the sheet unpacked. */
  readonly size: number;
  done(): number;
  close(): void;
}

/** Rows of a sheet that come together, as lines of a text do. */
const SHEET_ROWS = 500;

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** A row of a sheet as the line of a CSV file that it would be: everything after is alike. */
async function* recordsOfSheet(
  rows: AsyncIterable<{ readonly line: number; readonly cells: readonly string[] }>,
): AsyncGenerator<readonly CsvRecord[]> {
  let records: CsvRecord[] = [];
  for await (const { line, cells } of rows) {
    records.push({ line, text: cells.map(quoted).join(',') });
    if (records.length < SHEET_ROWS) continue;
    yield records;
    records = [];
  }
  if (records.length > 0) yield records;
}

/** Throws `UnreadableWorkbook`. The delimiter of a workbook is the comma. */
export async function fileRecords(
  file: string,
  encoding: FileEncoding,
  delimiter: () => string,
): Promise<FileRecords> {
  if (encoding === 'xlsx') {
    const { rows, size, done, close } = await openSheet(file);
    return { records: recordsOfSheet(rows), size, done, close };
  }
  const stream = createReadStream(file, { highWaterMark: 256 * 1024 });
  return {
    records: recordsOf(linesOf(decodeText(stream, encoding)), delimiter),
    size: (await stat(file)).size,
    done: () => stream.bytesRead,
    close: () => void stream.destroy(),
  };
}
