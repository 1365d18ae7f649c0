import type { ImportColumn } from '../../../shared/imports';

/** Headings differ in case, width and punctuation more than in words. */
const foldHeading = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-./・()[\]「」【】*＊:：]/g, '');

/** The column key of each heading, null for headings nobody understands. A key is used once. */
export function mapHeader(
  headings: readonly string[],
  columns: readonly ImportColumn[],
): (string | null)[] {
  const known = new Map(
    columns.flatMap((column) =>
      column.headings.map((heading) => [foldHeading(heading), column.key] as const),
    ),
  );
  const used = new Set<string>();
  return headings.map((heading) => {
    const key = known.get(foldHeading(heading));
    if (key === undefined || used.has(key)) return null;
    used.add(key);
    return key;
  });
}

/** Comma, tab or semicolon: whatever the heading has most of. */
export function detectDelimiter(header: string): string {
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', '\t', ';'].reduce((best, next) => (count(next) > count(best) ? next : best));
}
