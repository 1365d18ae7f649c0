import { normalizeHyphens } from './japanese-text';

/** Seven digits of 〒150-0001, １５０ー０００１ or 1500001; null for anything else. */
export function normalizePostalCode(text: string): string | null {
  const digits = normalizeHyphens(text).replace(/[〒\s-]/g, '');
  return /^\d{7}$/.test(digits) ? digits : null;
}
