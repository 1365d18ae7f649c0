import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

import { normalizeHyphens } from './japanese-text';

/** E.164 of a number as people write it (Japan when it has no country code), or null. */
export function normalizePhone(text: string): string | null {
  const parsed = parsePhoneNumberFromString(normalizeHyphens(text).trim(), 'JP');
  return parsed?.isValid() ? parsed.number : null;
}

/** The digits as people dial them: 09012345678 for +819012345678. */
export function dialledDigits(e164: string): string {
  return e164.startsWith('+81') ? `0${e164.slice(3)}` : e164.replace(/\D/g, '');
}
