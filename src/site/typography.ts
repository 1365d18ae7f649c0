/**
 * Japanese headings break between phrases, not inside words. Browsers that know
 * `word-break: auto-phrase` do it themselves; for the others BudouX marks the places here.
 */
import { loadDefaultJapaneseParser } from 'budoux';

const parser = loadDefaultJapaneseParser();
const ENTITY_OR_TAG = /(<[^>]*>|&[a-z0-9#]+;|\uE000[^\uE001]*\uE001)/i;
const known = new Map<string, string>();
const MAX_KNOWN = 2_000;

/** HTML with `<wbr>` between phrases; tags, entities and merge marks stay as they are. */
export function phrases(html: string): string {
  const made = known.get(html);
  if (made !== undefined) return made;
  const result = html
    .split(ENTITY_OR_TAG)
    .map((part, index) => (index % 2 === 1 ? part : parser.parse(part).join('<wbr>')))
    .join('');
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(html, result);
  return result;
}
