/**
 * Japanese spelling variants brought to one form. Stored values stay as close to what the person
 * wrote as matching allows; what is folded further is folded in search keys only.
 */

/** Hyphens, dashes and minus signs of every keyboard; NFKC leaves most of them as they are. */
const HYPHENS =
  /[\u002d\u00ad\u2010-\u2015\u2043\u207b\u208b\u2212\u2500\u2501\ufe58\ufe63\uff0d]/g;

const LONG_VOWELS = /[\u30fc\uff70]/g;

/** Control characters, and the marks that turn the direction of text. */
const INVISIBLE = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/**
 * Texts that no step below would change but for their spaces: most of what files hold. The general
 * way is right for them too, and ten times slower; a property test holds the two together.
 */
const PLAIN = /^[\x20-\x7e\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff]*$/;
const ASCII = /^[\x20-\x7e]*$/;
const KATAKANA = /^[\u30a1-\u30fa\u30fc]*$/;

/** Whether widths, cases of NFKC and invisible characters need no look at all. */
export const isPlain = (text: string): boolean => PLAIN.test(text);

/**
 * Full-width Latin → half, half-width kana → full. Compatibility ideographs (the U+F900 block:
 * 神 as U+FA19, 塚 as U+FA10) stay: in a name they are a spelling, not a width.
 */
export function foldWidth(text: string): string {
  if (isPlain(text)) return text;
  return text.replace(/[^\uf900-\ufaff]+/g, (part) => part.normalize('NFKC'));
}

/** One line of free text: widths folded, invisible characters out, spaces single, ends trimmed. */
export function normalizeText(text: string): string {
  if (isPlain(text)) return text.includes('  ') ? text.replace(/ +/g, ' ').trim() : text.trim();
  return foldWidth(text)
    .replace(/[\t\r\n]/g, ' ')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Digits and hyphens as typed in a phone number, postal code or block number: all one hyphen. */
export function normalizeHyphens(text: string): string {
  if (ASCII.test(text)) return text;
  return text.normalize('NFKC').replace(HYPHENS, '-').replace(LONG_VOWELS, '-');
}

/** A house number's hyphens are made equal; ー inside a katakana word stays. */
export function normalizeAddressLine(text: string): string {
  const line = normalizeText(text);
  if (isPlain(line) && !line.includes('ー')) return line;
  return line
    .replace(/(?<=[0-9A-Za-z])[\u30fc\u2010-\u2015\u2212\u2500\u2501](?=[0-9A-Za-z])/g, '-')
    .replace(HYPHENS, '-');
}

export function toKatakana(text: string): string {
  return text.replace(/[\u3041-\u3096\u309d\u309e]/g, (kana) =>
    String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60),
  );
}

/** A reading: full-width katakana, hiragana and half-width included, hyphens after kana as ー. */
export function normalizeKana(text: string): string {
  if (KATAKANA.test(text)) return text;
  return toKatakana(normalizeText(text))
    .replace(HYPHENS, '-')
    .replace(/(?<=[\u30a1-\u30fc])-/g, 'ー');
}

/** Whether a normalised reading holds nothing but katakana (and Latin initials, as some have). */
export function isKana(text: string): boolean {
  return /^[\u30a1-\u30fa\u30fc-\u30fe・A-Za-z.'\s]+$/.test(text);
}
