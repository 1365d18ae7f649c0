/** What the account answers by itself: the first rule that fits the words and the hour. */

/** When a rule answers. Within `from` and `until` (minutes of the site's day), or always. */
export interface ReplyHours {
  readonly days: 'every-day' | 'weekdays' | 'weekend';
  readonly from: number | null;
  readonly until: number | null;
}

export interface AutoReply {
  /** One a line in the form; `exact` is the whole message, `contains` any part of it. */
  readonly keywords: readonly string[];
  /** `follow` answers no words: it greets who adds the account. */
  readonly match: 'exact' | 'contains' | 'any-message' | 'follow';
  readonly hours: ReplyHours;
  readonly text: string;
}

/** A moment of the site's wall clock. */
export interface WallMoment {
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly minute: number;
}

/** In any width and case: "営業時間", "ＯＰＥＮ", "open". */
const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

const DAY = 24 * 60;

function fitsDay(days: ReplyHours['days'], weekday: number): boolean {
  const isWeekend = weekday === 0 || weekday === 6;
  return days === 'every-day' || (days === 'weekend') === isWeekend;
}

/** `until` before `from` goes on past midnight, and the morning belongs to the day before. */
export function isWithin(hours: ReplyHours, { weekday, minute }: WallMoment): boolean {
  const { days, from, until } = hours;
  if (from === null || until === null || from === until) return fitsDay(days, weekday);
  if (from < until) return fitsDay(days, weekday) && minute >= from && minute < until;
  if (minute >= from) return fitsDay(days, weekday);
  return minute < until && fitsDay(days, (weekday + 6) % 7);
}

function fitsWords({ keywords, match }: AutoReply, text: string): boolean {
  if (match === 'any-message') return true;
  if (match === 'follow') return false;
  const said = folded(text);
  return keywords
    .map(folded)
    .filter((keyword) => keyword !== '')
    .some((keyword) => (match === 'exact' ? said === keyword : said.includes(keyword)));
}

export const replyFor = <T extends AutoReply>(
  rules: readonly T[],
  text: string,
  moment: WallMoment,
): T | undefined => rules.find((rule) => isWithin(rule.hours, moment) && fitsWords(rule, text));

export const greetingFor = <T extends AutoReply>(
  rules: readonly T[],
  moment: WallMoment,
): T | undefined => rules.find(({ match, hours }) => match === 'follow' && isWithin(hours, moment));

const FIELD = /\{\{\s*(name|account)\s*\}\}/g;

/**
 * With her name and the account's in it; null where it calls her by a name that LINE does not tell:
 * "さん" alone is no greeting.
 */
export function personalGreeting(
  text: string,
  names: { readonly name: string; readonly account: string },
): string | null {
  const fields = [...text.matchAll(FIELD)].map(([, field]) => field);
  if (names.name === '' && fields.includes('name')) return null;
  return text.replace(FIELD, (_, field: keyof typeof names) => names[field]);
}

/** "09:30", "09:30:00.000" as minutes of the day; null for anything else. */
export function minutesOf(time: string | null | undefined): number | null {
  const match = /^(\d{1,2}):(\d{2})/.exec(time ?? '');
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes < DAY ? minutes : null;
}
