/** Records of a file as rows of a recipe. Without the kernel: a thread reads by it. */
import { termLines } from '../domain/search-keys';
import type { CsvRecord } from './csv-reader';
import { fieldsOf } from './csv-record';
import type { Cells, ImportRow, PeopleReading, ReadPerson, RowIssue } from './import-kind';
import { readCustomer } from './read-customer';

/** How the fields of a record become cells. */
export interface Layout {
  readonly headings: readonly string[];
  readonly mapping: readonly (string | null)[];
  readonly delimiter: string;
}

/** A row, or the record that cannot be one. */
export type ReadRow =
  | (ImportRow & { readonly text: string; readonly issue?: undefined })
  | {
      readonly line: number;
      readonly text: string;
      readonly issue: RowIssue;
    };

export interface ReadChunk {
  readonly rows: readonly ReadRow[];
  readonly bytesDone: number;
}

export interface RowsToRead {
  readonly layout: Layout;
  /** Null: the recipe reads cells. */
  readonly people: PeopleReading | null;
  /** Rows up to this line are settled; of them only the cells are read. */
  readonly after: number;
}

const KEPT_RECORD = 10_000;
/** Rows that come together. */
export const CHUNK = 700;

/** Cells of a record, or why it cannot be read. */
function readCells(record: CsvRecord, layout: Layout): { cells: Cells } | { issue: RowIssue } {
  const issue = (code: string) => ({ issue: { column: null, code } });
  if (record.broken) return issue(record.broken);
  const fields = fieldsOf(record.text, layout.delimiter);
  for (let at = layout.headings.length; at < fields.length; at += 1) {
    if (fields[at]?.trim() !== '') return issue('column-count');
  }
  if (record.text.includes('\ufffd')) return issue('broken-characters');
  const cells: Record<string, string> = {};
  layout.mapping.forEach((key, index) => {
    const text = fields[index]?.trim();
    // A NUL byte is in no text that a person typed, and PostgreSQL cannot store it.
    if (key !== null && text) cells[key] = text.includes('\0') ? text.replaceAll('\0', '') : text;
  });
  return { cells };
}

/** A person as her cells tell, with the search terms that she has if nothing else is known of her. */
export function readPerson(cells: Cells, { timeZone, own }: PeopleReading): ReadPerson {
  const { fields, issues } = readCustomer(cells, timeZone, own);
  return { fields, issues, terms: issues.length > 0 ? '' : termLines(fields) };
}

function readRow(record: CsvRecord, { layout, people, after }: RowsToRead): ReadRow {
  const { line } = record;
  const text = record.text.length > KEPT_RECORD ? record.text.slice(0, KEPT_RECORD) : record.text;
  const read = readCells(record, layout);
  if ('issue' in read) return { line, text, issue: read.issue };
  const { cells } = read;
  if (!people || line <= after) return { line, text, cells };
  const others: Record<string, string> = {};
  for (const key of people.others) if (cells[key] !== undefined) others[key] = cells[key];
  return { line, text, cells: others, person: readPerson(cells, people) };
}

/** The rows of some records at a time. */
export async function* readRows(
  source: { readonly records: AsyncIterable<readonly CsvRecord[]>; done(): number },
  toRead: RowsToRead,
): AsyncGenerator<ReadChunk> {
  for await (const records of source.records) {
    for (let from = 0; from < records.length; from += CHUNK) {
      const rows = records.slice(from, from + CHUNK).map((record) => readRow(record, toRead));
      yield { rows, bytesDone: source.done() };
    }
  }
}
