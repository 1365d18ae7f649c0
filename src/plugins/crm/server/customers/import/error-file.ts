import { stringify } from 'csv-stringify/sync';

import type { StoredIssue } from '../store/imports';
import { fieldsOf } from './csv-record';

type ToldIssue = StoredIssue & { readonly message: string };

const options = { escape_formulas: true, record_delimiter: 'windows' } as const;

function rowsOf(issues: readonly ToldIssue[], delimiter: string): string[][] {
  const rows = new Map<number, { record: string; reasons: string[] }>();
  for (const { line, column, message, record } of issues) {
    const row = rows.get(line) ?? { record: record ?? '', reasons: [] };
    row.reasons.push(column === null ? message : `${column}: ${message}`);
    rows.set(line, row);
  }
  return [...rows].map(([line, { record, reasons }]) => [
    String(line),
    reasons.join(' / '),
    ...fieldsOf(record, delimiter),
  ]);
}

/**
 * The rows that were kept out, with line and reasons first, as a CSV that Excel opens: a byte order
 * mark, and cells that begin like a formula are defused. Page by page: there may be a million.
 */
export async function* errorFile(
  header: readonly string[],
  delimiter: string,
  pages: AsyncIterable<readonly ToldIssue[]>,
  headings: { readonly line: string; readonly reason: string },
): AsyncGenerator<string> {
  yield stringify([[headings.line, headings.reason, ...header]], { ...options, bom: true });
  for await (const page of pages) yield stringify(rowsOf(page, delimiter), options);
}
