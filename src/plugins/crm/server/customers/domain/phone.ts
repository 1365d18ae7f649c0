import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

import { normalizeHyphens } from './japanese-text';

/** Any Japanese number of full length: ranges are opened faster than libraries are updated. */
const JAPANESE = /^\+81[1-9]\d{8,9}$/;

/** As nearly all are typed: the library is asked about the others only. */
const COMMON = /^0[1-9]\d{0,3}-?\d{1,4}-?\d{4}$/;

function commonPhone(text: string): string | null {
  if (!COMMON.test(text)) return null;
  const digits = text.replaceAll('-', '');
  // What one dials in Japan before the number of another country.
  if (digits.startsWith('010')) return null;
  return digits.length === 10 || digits.length === 11 ? `+81${digits.slice(1)}` : null;
}

/** E.164 of a number as people write it (Japan when it has no country code), or null. */
export function normalizePhone(text: string): string | null {
  const common = commonPhone(text);
  if (common !== null) return common;
  const parsed = parsePhoneNumberFromString(normalizeHyphens(text).trim(), 'JP');
  if (!parsed) return null;
  return parsed.isValid() || JAPANESE.test(parsed.number) ? parsed.number : null;
}

/** The digits as people dial them: 09012345678 for +819012345678. */
export function dialledDigits(e164: string): string {
  return e164.startsWith('+81') ? `0${e164.slice(3)}` : e164.replace(/\D/g, '');
}
