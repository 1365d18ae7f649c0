/** Values of the operator's own fields, brought to their stored form. */
import type { CustomValue } from '../../../shared/customers';
import { parseDateTime } from './date-time';
import { normalizeText } from './japanese-text';
import { normalizeDate } from './normalize-customer';

export type CustomFieldType = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'choice';

export interface CustomField {
  readonly name: string;
  readonly column: string;
  readonly type: CustomFieldType;
  /** Of a choice: what may be chosen. */
  readonly values: readonly string[];
  readonly isWhole: boolean;
  /** Of a text: what its column, or the operator's own limit, holds. */
  readonly maxLength: number;
  /** Of a number: the smallest and the greatest that its column, or the operator, allows. */
  readonly range: readonly [least: number, greatest: number];
}

const YES = /^(?:1|true|yes|y|はい|有|あり|○|◯)$/i;
const NO = /^(?:0|false|no|n|いいえ|無|なし|×)$/i;

const within = (number: number, [least, greatest]: CustomField['range']): boolean =>
  number >= least && number <= greatest;

function numberOf(text: string, { isWhole, range }: CustomField): number | undefined {
  const plain = text.normalize('NFKC').replace(/,/g, '').trim();
  if (!/^-?\d+(?:\.\d+)?$/.test(plain)) return undefined;
  const number = Number(plain);
  if (isWhole && !Number.isSafeInteger(number)) return undefined;
  return within(number, range) ? number : undefined;
}

function textOf(given: string, { maxLength }: CustomField): string | undefined {
  const text = normalizeText(given);
  return text.length <= maxLength ? text : undefined;
}

type Reader = (text: string, field: CustomField, timeZone: string) => CustomValue | undefined;

const readers: Readonly<Record<CustomFieldType, Reader>> = {
  text: textOf,
  number: numberOf,
  boolean: (text) => (YES.test(text.trim()) ? true : NO.test(text.trim()) ? false : undefined),
  date: (text) => normalizeDate(text) ?? undefined,
  datetime: (text, _, timeZone) => parseDateTime(text, timeZone) ?? undefined,
  choice: (text, field) => field.values.find((value) => value === text.trim()),
};

type Check = (value: CustomValue, field: CustomField) => boolean;

const fits: Readonly<Record<CustomFieldType, Check>> = {
  text: (value) => typeof value === 'string',
  number: (value, { isWhole, range }) =>
    typeof value === 'number' && within(value, range) && (!isWhole || Number.isSafeInteger(value)),
  boolean: (value) => typeof value === 'boolean',
  date: () => false,
  datetime: (value) => typeof value === 'number',
  choice: () => false,
};

/** The stored form of a given value; null empties the field, undefined cannot be stored in it. */
export function customValue(
  field: CustomField,
  given: CustomValue,
  timeZone: string,
): CustomValue | undefined {
  if (given === null || (typeof given === 'string' && given.trim() === '')) return null;
  if (typeof given === 'string') return readers[field.type](given, field, timeZone);
  return fits[field.type](given, field) ? given : undefined;
}
