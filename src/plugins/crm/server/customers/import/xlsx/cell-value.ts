/** What stands in a cell, as a person sees it. */

/** Formats of Excel's own that show a date (14 to 22, 45 to 47, and the Japanese eras). */
const DATE_FORMATS = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51,
  52, 53, 54, 55, 56, 57, 58,
]);

/** A format of the workbook's own shows a date when a year, month, day or hour stands in it. */
export function showsDate(id: number, code: string | undefined): boolean {
  if (code === undefined) return DATE_FORMATS.has(id);
  const plain = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  return /[ymdhs]/i.test(plain);
}

const DAY_MS = 86_400_000;

/**
 * Days since 1900 as Excel counts them (it believes in 29 February 1900), as `2026-11-22` or
 * `2026-11-22 14:05:00`.
 */
export function dateOfSerial(serial: number, from1904: boolean): string {
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
  const at = new Date(Math.round((days - 25_569) * DAY_MS));
  if (Number.isNaN(at.getTime())) return String(serial);
  const [day = '', time = ''] = at.toISOString().split('T');
  return Number.isInteger(serial) ? day : `${day} ${time.slice(0, 8)}`;
}

/** Column of a reference such as `AB12`, counted from 0; -1 when it is none. */
export function columnOfReference(reference: string): number {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '';
  let column = 0;
  for (const letter of letters) column = column * 26 + (letter.charCodeAt(0) - 64);
  return column - 1;
}

export interface RawCell {
  /** Excel's `t`: `s` shared text, `inlineStr`, `str` text of a formula, `b`, `e` error, `n`. */
  readonly type: string;
  readonly value: string;
  readonly isDate: boolean;
}

export interface Workbook {
  readonly shared: readonly string[];
  readonly from1904: boolean;
}

export function cellText({ type, value, isDate }: RawCell, workbook: Workbook): string {
  if (type === 's') return workbook.shared[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'e') return '';
  if (type !== 'n' || value === '') return value;
  const number = Number(value);
  if (Number.isNaN(number)) return value;
  // 1E+10 and 0.1+0.2 are how Excel stores, not what it shows.
  return isDate ? dateOfSerial(number, workbook.from1904) : String(Number(number.toPrecision(15)));
}
