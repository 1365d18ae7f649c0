const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Characters as a person counts them; LINE counts labels and titles this way. */
export function countGraphemes(text: string): number {
  let count = 0;
  for (const segment of segmenter.segment(text)) count += segment.segment.length > 0 ? 1 : 0;
  return count;
}

/** True when the text has at most so many graphemes; short texts are not segmented. */
export function withinGraphemes(text: string, maximum: number): boolean {
  return text.length <= maximum || countGraphemes(text) <= maximum;
}
