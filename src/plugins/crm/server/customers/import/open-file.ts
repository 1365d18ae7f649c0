/** A file of any kind as records, and how far it has been read. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';

import { refuse, success, type Result } from '../../kernel';
import { linesOf, recordsOf, type CsvRecord } from './csv-reader';
import { fieldsOf } from './csv-record';
import { decodeText, detectEncoding, type Encoding } from './encoding';
import { detectDelimiter } from './header';
import { MOST_COLUMNS } from '../../../shared/imports';
import { UnreadableWorkbook } from './xlsx/archive';
import { openSheet } from './xlsx/sheet';

/** An open file: its headings, and what comes after them. */
export interface OpenFile {
  readonly headings: readonly string[];
  readonly delimiter: string;
  readonly encoding: Encoding | 'xlsx';
  readonly records: AsyncGenerator<CsvRecord>;
  /** Bytes: of the file, or of the sheet unpacked. */
  readonly size: number;
  done(): number;
  close(): void;
}

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.equals(ZIP);
  } finally {
    await handle.close();
  }
}

const headingsOf = (text: string, delimiter: string): string[] =>
  fieldsOf(text, delimiter).map((heading) => heading.replace(/^\ufeff/, '').trim());

type Source = Omit<OpenFile, 'headings' | 'delimiter'> & { readonly delimiter?: string };

async function openText(file: string, useDelimiter: () => string): Promise<Result<Source>> {
  const encoding = await detectEncoding(file);
  if (!encoding) return refuse('customers.import.not-text', 415);
  const stream = createReadStream(file, { highWaterMark: 256 * 1024 });
  return success({
    encoding,
    records: recordsOf(linesOf(decodeText(stream, encoding)), useDelimiter),
    size: (await stat(file)).size,
    done: () => stream.bytesRead,
    close: () => stream.destroy(),
  });
}

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** A row of a sheet as the line of a CSV file that it would be: everything after is alike. */
async function openWorkbook(file: string): Promise<Result<Source>> {
  try {
    const sheet = await openSheet(file);
    const records = (async function* (): AsyncGenerator<CsvRecord> {
      for await (const { line, cells } of sheet.rows) {
        yield { line, text: cells.map(quoted).join(',') };
      }
    })();
    const { size, done, close } = sheet;
    return success({ encoding: 'xlsx', delimiter: ',', records, size, done, close });
  } catch (error) {
    if (error instanceof UnreadableWorkbook) return refuse(`customers.import.${error.code}`, 415);
    throw error;
  }
}

/** Opens a CSV or XLSX file and reads its headings. */
export async function openFile(file: string): Promise<Result<OpenFile>> {
  let delimiter = ',';
  const opened = (await isZip(file))
    ? await openWorkbook(file)
    : await openText(file, () => delimiter);
  if (!opened.ok) return opened;
  const source = opened.value;
  try {
    const first = await source.records.next();
    if (first.done || first.value.broken) {
      source.close();
      return refuse('customers.import.empty', 400);
    }
    delimiter = source.delimiter ?? detectDelimiter(first.value.text);
    const headings = headingsOf(first.value.text, delimiter);
    if (headings.length > MOST_COLUMNS) {
      source.close();
      const params = { found: String(headings.length), most: String(MOST_COLUMNS) };
      return refuse('customers.import.too-many-columns', 400, { params });
    }
    return success({ ...source, delimiter, headings });
  } catch (error) {
    source.close();
    if (error instanceof UnreadableWorkbook) return refuse(`customers.import.${error.code}`, 415);
    throw error;
  }
}
