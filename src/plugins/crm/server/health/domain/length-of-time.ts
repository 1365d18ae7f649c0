/** A length of time as one reads it: `3分`, `2 hours`. The largest unit says enough. */
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

export function lengthOfTime(ms: number, locale: 'ja' | 'en'): string {
  const [unit, size] = UNITS.find(([, length]) => ms >= length) ?? ['second', 1_000];
  const format = new Intl.NumberFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', {
    style: 'unit',
    unit,
    unitDisplay: 'long',
  });
  // Japanese writes no space between the number and its unit.
  return format.format(Math.floor(ms / size)).replace(locale === 'ja' ? /\s/g : /^\s/, '');
}
