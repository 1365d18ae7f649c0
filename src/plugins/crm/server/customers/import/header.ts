import type { ImportColumn } from '../../../shared/imports';
import type { ImportPreset } from './presets/preset';

/** Headings differ in case, width and punctuation more than in words. */
const foldHeading = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-./・()[\]「」【】*＊:：]/g, '');

/** What the product whose telltales stand in the headings means by each of them. */
function presetColumns(
  folded: readonly string[],
  presets: readonly ImportPreset[],
): ReadonlyMap<string, string | null> {
  const preset = presets.find(({ telltales }) =>
    telltales.every((heading) => folded.includes(foldHeading(heading))),
  );
  const columns = Object.entries(preset?.columns ?? {});
  return new Map(columns.map(([heading, key]) => [foldHeading(heading), key]));
}

/** The column key of each heading, null for headings nobody understands. A key is used once. */
export function mapHeader(
  headings: readonly string[],
  columns: readonly ImportColumn[],
  presets: readonly ImportPreset[] = [],
): (string | null)[] {
  const folded = headings.map(foldHeading);
  const keys = new Set(columns.map(({ key }) => key));
  const known = new Map(
    columns.flatMap((column) =>
      column.headings.map((heading) => [foldHeading(heading), column.key] as const),
    ),
  );
  const told = presetColumns(folded, presets);
  const taken = new Set(folded.flatMap((heading) => told.get(heading) ?? []));
  const used = new Set<string>();
  return folded.map((heading) => {
    const preset = told.get(heading);
    const key = preset === undefined ? known.get(heading) : preset;
    if (key === undefined || key === null || !keys.has(key) || used.has(key)) return null;
    // What the preset says stands before what another heading seems to say.
    if (preset === undefined && taken.has(key)) return null;
    used.add(key);
    return key;
  });
}

/** Comma, tab or semicolon: whatever the heading has most of. */
export function detectDelimiter(header: string): string {
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', '\t', ';'].reduce((best, next) => (count(next) > count(best) ? next : best));
}
