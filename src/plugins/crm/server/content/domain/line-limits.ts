/** LINE's limits of a Flex message, kept here so that no message is refused for its size. */
export const ALT_TEXT_MAX = 1500;
export const BUBBLE_BYTES_MAX = 30_000;
export const CAROUSEL_BYTES_MAX = 50_000;
export const CAROUSEL_BUBBLES_MAX = 12;
export const LABEL_GRAPHEMES_MAX = 20;
export const TEXT_MAX = 5000;
export const URI_MAX = 1000;

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Cuts at whole characters as a reader counts them; an emoji family is one. */
export function cutGraphemes(text: string, maximum: number): string {
  // As many code units at least as characters, and counting those takes time.
  if (text.length <= maximum) return text;
  const all = [...graphemes.segment(text)];
  if (all.length <= maximum) return text;
  return `${all
    .slice(0, maximum - 1)
    .map((part) => part.segment)
    .join('')}…`;
}

/** Cuts to UTF-16 code units without splitting a character. */
export function cutUnits(text: string, maximum: number): string {
  if (text.length <= maximum) return text;
  let out = '';
  for (const { segment } of graphemes.segment(text)) {
    if (out.length + segment.length > maximum - 1) break;
    out += segment;
  }
  return `${out}…`;
}

export const jsonBytes = (value: unknown): number =>
  Buffer.byteLength(JSON.stringify(value), 'utf8');
