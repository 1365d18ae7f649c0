import type { CustomerFields, CustomerInput } from '../../../shared/customers';
import { normalizeEmail } from './email';
import {
  isKana,
  normalizeAddressLine,
  normalizeHyphens,
  normalizeKana,
  normalizeText,
} from './japanese-text';
import { normalizePhone } from './phone';
import { normalizePostalCode } from './postal-code';

/** A field that cannot be stored, and why (`customers.issue.<code>` is its text). */
export interface CustomerIssue {
  readonly field: keyof CustomerFields;
  readonly code:
    'invalid-email' | 'invalid-phone' | 'invalid-postal-code' | 'invalid-kana' | 'invalid-date';
}

export interface NormalizedCustomer {
  readonly fields: Partial<CustomerFields>;
  readonly issues: readonly CustomerIssue[];
}

type TextField = {
  [Field in keyof CustomerFields]: CustomerFields[Field] extends string | null ? Field : never;
}[keyof CustomerFields];

/** The stored form of one field, or null when the text cannot be one. */
interface FieldRule {
  readonly normalize: (text: string) => string | null;
  readonly code?: CustomerIssue['code'];
}

const plain: FieldRule = { normalize: normalizeText };
const kana: FieldRule = {
  normalize: (text) => {
    const reading = normalizeKana(text);
    return isKana(reading) ? reading : null;
  },
  code: 'invalid-kana',
};

const rules: Readonly<Partial<Record<TextField, FieldRule>>> = {
  customerNumber: plain,
  familyName: plain,
  givenName: plain,
  familyNameKana: kana,
  givenNameKana: kana,
  email: { normalize: normalizeEmail, code: 'invalid-email' },
  phone: { normalize: normalizePhone, code: 'invalid-phone' },
  company: plain,
  postalCode: { normalize: normalizePostalCode, code: 'invalid-postal-code' },
  prefecture: plain,
  city: plain,
  street: { normalize: normalizeAddressLine },
  building: { normalize: normalizeAddressLine },
  birthday: { normalize: normalizeDate, code: 'invalid-date' },
  gender: plain,
  lifecycleStage: plain,
};

/** In the stored form already, and a day that every month has. */
const COMMON_DATE = /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;

/** YYYY-MM-DD of 1990/4/1, 19900401, 1990年4月1日 and the like; null when no such day exists. */
export function normalizeDate(text: string): string | null {
  if (COMMON_DATE.test(text)) return text;
  const spelling = normalizeHyphens(text).trim();
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(spelling) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(spelling);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000;
  return exists ? date.toISOString().slice(0, 10) : null;
}

function normalizeTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map(normalizeText).filter((tag) => tag !== ''))];
}

/** Brings what was given to its stored form; fields that were not given stay out. */
export function normalizeCustomer(input: CustomerInput): NormalizedCustomer {
  const { tags, ...given } = input;
  const fields: Record<string, unknown> = {};
  const issues: CustomerIssue[] = [];
  for (const field of Object.keys(given) as (keyof typeof given)[]) {
    const value = given[field];
    if (value === undefined) continue;
    const rule = rules[field as TextField];
    fields[field] = value;
    if (!rule || typeof value !== 'string') continue;
    if (value.trim() === '') {
      fields[field] = null;
      continue;
    }
    const stored = rule.normalize(value);
    if (stored !== null) fields[field] = stored === '' ? null : stored;
    else if (rule.code) issues.push({ field, code: rule.code });
  }
  if (tags) fields.tags = normalizeTags(tags);
  return { fields: fields as Partial<CustomerFields>, issues };
}
