/** ¥3,960: yen have no decimals. */
export const formatYen = (value: number): string => `¥${value.toLocaleString('en-US')}`;

/** 2026年11月22日 / 22 November 2026. The value is a calendar date without a time. */
export function formatDate(value: string, locale: 'ja' | 'en'): string {
  const [year, month, day] = value.split('-').map(Number);
  if (!year || !month || !day) return '';
  if (locale === 'ja') return `${year}年${month}月${day}日`;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.toLocaleDateString('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

const FORMATS: Readonly<Record<string, string>> = { LP2: '2LP' };

/** The catalogue's value for two LPs cannot begin with a figure. */
export const formatOf = (value: unknown): string => FORMATS[String(value)] ?? String(value);
