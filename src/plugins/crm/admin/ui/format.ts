/** Dates, numbers and money as a reader in Japan or abroad expects them. Pure. */
export type FormatLocale = 'ja' | 'en';

export interface Format {
  /** 2026年11月22日(日) 14:05 · Sun, 22 Nov 2026, 14:05 */
  dateTime(at: number | string | Date): string;
  /** 2026年11月22日(日) · Sun, 22 Nov 2026 */
  date(at: number | string | Date): string;
  /** 14:05 */
  time(at: number | string | Date): string;
  /** 11月22日 · 22 Nov */
  shortDate(at: number | string | Date): string;
  /** ¥12,800, never with decimals */
  yen(amount: number): string;
  number(value: number): string;
  /** A share between 0 and 1: 12.5% */
  percent(share: number): string;
  /** 3分前 · 3 minutes ago */
  relative(at: number | string | Date, now: number): string;
}

const dateOptions = { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' } as const;
const shortDateOptions = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  weekday: 'short',
} as const;
const timeOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

function relativeWith(format: Intl.RelativeTimeFormat, seconds: number): string {
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return format.format(Math.trunc(seconds / size), unit);
}

/** Formatters of one language and time zone; make them once, they are costly. */
export function createFormat(locale: FormatLocale, timeZone: string): Format {
  const tag = locale === 'ja' ? 'ja-JP' : 'en-GB';
  const zoned = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { ...options, timeZone });
    return (at: number | string | Date) => format.format(new Date(at));
  };
  const date = zoned(locale === 'ja' ? dateOptions : shortDateOptions);
  const time = zoned(timeOptions);
  const yen = new Intl.NumberFormat(tag, { style: 'currency', currency: 'JPY' });
  const number = new Intl.NumberFormat(tag);
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  return {
    date,
    time,
    dateTime: (at) => (locale === 'ja' ? `${date(at)} ${time(at)}` : `${date(at)}, ${time(at)}`),
    shortDate: zoned({ month: 'short', day: 'numeric' }),
    yen: (amount) => yen.format(amount).replace(/JP¥|￥/, '¥'),
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    relative: (at, now) => relativeWith(relative, (new Date(at).getTime() - now) / 1000),
  };
}
