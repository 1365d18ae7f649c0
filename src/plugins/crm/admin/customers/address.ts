import type { CustomerFields } from '../../shared/customers';

/** 〒150-0001 and the address below it, as it stands on an envelope; null when nothing is known. */
export function addressOf(
  customer: Pick<CustomerFields, 'postalCode' | 'prefecture' | 'city' | 'street' | 'building'>,
): string | null {
  const { postalCode, prefecture, city, street, building } = customer;
  const lines = [
    postalCode ? `〒${postalCode.slice(0, 3)}-${postalCode.slice(3)}` : '',
    [prefecture, city, street].filter(Boolean).join(''),
    building ?? '',
  ].filter((line) => line !== '');
  return lines.length > 0 ? lines.join('\n') : null;
}

/** A Japanese number as it is dialled: 090-1234-5678. Other countries keep their E.164. */
export function formatPhone(e164: string): string {
  if (!e164.startsWith('+81')) return e164;
  const digits = `0${e164.slice(3)}`;
  if (digits.length === 11) return digits.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1-$2-$3');
  return digits.replace(/^(03|06)(\d{4})(\d{4})$/, '$1-$2-$3');
}
