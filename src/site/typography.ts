/**
 * Japanese headings break between phrases, not inside words. Browsers that know
 * `word-break: auto-phrase` do it themselves; for the others BudouX marks the places here.
 */
import { loadDefaultJapaneseParser } from 'budoux';

const parser = loadDefaultJapaneseParser();
const ENTITY_OR_TAG = /(<[^>]*>|&[a-z0-9#]+;|\uE000[^\uE001]*\uE001)/i;
const PARTICLE = /^[ぁ-ん]{1,2}[、。]?$/;
const known = new Map<string, string>();
const MAX_KNOWN = 2_000;

/** HTML with `<wbr>` between phrases; tags, entities and merge marks stay as they are. */
export function phrases(html: string): string {
  const made = known.get(html);
  if (made !== undefined) return made;
  const result = html
    .split(ENTITY_OR_TAG)
    .map((part, index) => (index % 2 === 1 ? part : phrasesOf(part).join('<wbr>')))
    .join('');
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(html, result);
  return result;
}

/**
 * 「会員の方へ」: the polite word for a person stays with the words that say who, and its particle
 * with it. The parser sees two or three phrases there, and a line that ends in 「会員の」 stumbles.
 */
function phrasesOf(text: string): readonly string[] {
  const held: string[] = [];
  for (const phrase of parser.parse(text)) {
    const before = held.at(-1) ?? '';
    const belongs =
      (before.endsWith('の') && phrase.startsWith('方')) ||
      (before.endsWith('の方') && PARTICLE.test(phrase));
    if (belongs) held[held.length - 1] = before + phrase;
    else held.push(phrase);
  }
  return held;
}
