/** What a column without a known heading seems to hold, told by its first values. */

interface Guess {
  readonly key: string;
  readonly fits: (value: string) => boolean;
}

const PREFECTURE = /^(?:北海道|東京都|(?:大阪|京都)府|.{2,3}県)$/;

const guesses: readonly Guess[] = [
  { key: 'email', fits: (value) => /^[^\s@＠]+[@＠][^\s@＠]+\.[^\s@＠]+$/.test(value) },
  {
    key: 'postalCode',
    fits: (value) => /^〒?\s?[\d０-９]{3}[-－‐ー]?[\d０-９]{4}$/.test(value),
  },
  {
    key: 'phone',
    fits: (value) =>
      /^(?:[+＋]81|[0０])[\d０-９\s()（）\-－‐ー]{8,}$/.test(value) &&
      value.replace(/[^\d０-９]/g, '').length >= 10,
  },
  { key: 'prefecture', fits: (value) => PREFECTURE.test(value) },
  { key: 'gender', fits: (value) => /^(?:男性?|女性?|male|female|その他)$/i.test(value) },
];

/** Values of which most must fit: a column may have a few slips. */
const ENOUGH = 0.8;

/**
 * Fills the gaps of a mapping told by headings. A key is used once; a column is guessed only when
 * nearly all its values look like what is guessed.
 */
export function guessMapping(
  mapping: readonly (string | null)[],
  sample: readonly (readonly string[])[],
): (string | null)[] {
  const used = new Set(mapping.filter((key) => key !== null));
  return mapping.map((key, column) => {
    if (key !== null) return key;
    const values = sample.map((row) => row[column]?.trim() ?? '').filter((value) => value !== '');
    if (values.length === 0) return null;
    const found = guesses.find(
      (guess) => !used.has(guess.key) && values.filter(guess.fits).length >= values.length * ENOUGH,
    );
    if (!found) return null;
    used.add(found.key);
    return found.key;
  });
}
