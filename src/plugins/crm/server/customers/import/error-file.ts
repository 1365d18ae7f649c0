import { stringify } from 'csv-stringify/sync';

import type { StoredIssue } from '../store/imports';
import { detectDelimiter } from './header';
import { fieldsOf } from './csv-record';

/**
 * The rows that were kept out, with line and reasons first, as a CSV that Excel opens: a byte order
 * mark, and cells that begin like a formula are defused.
 */
export function errorFile(
  header: readonly string[],
  issues: readonly (StoredIssue & { readonly message: string })[],
  headings: { readonly line: string; readonly reason: string },
): string {
  const delimiter = detectDelimiter(issues.find((issue) => issue.record)?.record ?? ',');
  const rows = new Map<number, { record: string; reasons: string[] }>();
  for (const { line, column, message, record } of issues) {
    const row = rows.get(line) ?? { record: record ?? '', reasons: [] };
    row.reasons.push(column === null ? message : `${column}: ${message}`);
    rows.set(line, row);
  }
  return stringify(
    [
      [headings.line, headings.reason, ...header],
      ...[...rows].map(([line, { record, reasons }]) => [
        line,
        reasons.join(' / '),
        ...fieldsOf(record, delimiter),
      ]),
    ],
    { bom: true, escape_formulas: true, record_delimiter: 'windows' },
  );
}
