/** A file of any kind as headings and the records after them. */
import { open } from 'node:fs/promises';

import { refuse, success, type Result } from '../../kernel';
import type { CsvRecord } from './csv-reader';
import { fieldsOf } from './csv-record';
import { detectEncoding } from './encoding';
import { fileRecords, type FileEncoding, type FileRecords } from './file-records';
import { detectDelimiter } from './header';
import { MOST_COLUMNS } from '../../../shared/imports';
import { UnreadableWorkbook } from './xlsx/archive';

/** An open file: its headings, and what comes after them. */
export interface OpenFile extends FileRecords {
  readonly headings: readonly string[];
  readonly delimiter: string;
  readonly encoding: FileEncoding;
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

/** The records after the first of all. */
async function* after(
  rest: readonly CsvRecord[],
  others: AsyncGenerator<readonly CsvRecord[]>,
): AsyncGenerator<readonly CsvRecord[]> {
  if (rest.length > 0) yield rest;
  yield* others;
}

async function readHeadings(
  encoding: FileEncoding,
  source: FileRecords,
  use: (delimiter: string) => void,
): Promise<Result<OpenFile>> {
  const next = await source.records.next();
  const [first, ...rest] = next.done ? [] : next.value;
  if (!first || first.broken) return refuse('customers.import.empty', 400);
  const delimiter = encoding === 'xlsx' ? ',' : detectDelimiter(first.text);
  use(delimiter);
  const headings = headingsOf(first.text, delimiter);
  if (headings.length > MOST_COLUMNS) {
    const params = { found: String(headings.length), most: String(MOST_COLUMNS) };
    return refuse('customers.import.too-many-columns', 400, { params });
  }
  const records = after(rest, source.records);
  return success({ ...source, records, encoding, delimiter, headings });
}

/** Opens a CSV or XLSX file and reads its headings. */
export async function openFile(file: string): Promise<Result<OpenFile>> {
  let delimiter = ',';
  let source: FileRecords | null = null;
  const use = (found: string) => {
    delimiter = found;
  };
  try {
    const encoding = (await isZip(file)) ? 'xlsx' : await detectEncoding(file);
    if (!encoding) return refuse('customers.import.not-text', 415);
    source = await fileRecords(file, encoding, () => delimiter);
    const opened = await readHeadings(encoding, source, use);
    if (!opened.ok) source.close();
    return opened;
  } catch (error) {
    source?.close();
    if (error instanceof UnreadableWorkbook) return refuse(`customers.import.${error.code}`, 415);
    throw error;
  }
}
