/** The record's form: what stands in it, and what of it is sent. */
import type { CustomerInput, CustomerOptions, CustomerRecord } from '../../shared/customers';
import { formatPhone } from './address';
import type { Draft, RecordForm } from './open-records';

export const TEXT_FIELDS = [
  'familyName',
  'givenName',
  'familyNameKana',
  'givenNameKana',
  'email',
  'phone',
  'company',
  'customerNumber',
  'postalCode',
  'prefecture',
  'city',
  'street',
  'building',
  'birthday',
  'gender',
  'lifecycleStage',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export type OwnField = CustomerOptions['custom'][number];

const OWN = 'custom.';

/** `2026-11-22T14:05` on the site's clock, as the browser's own field wants it. */
function wallTime(at: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return format.format(at).replace(' ', 'T');
}

function ownText(field: OwnField, value: unknown, timeZone: string): string {
  if (value === null || value === undefined) return '';
  if (field.type === 'datetime' && typeof value === 'number') return wallTime(value, timeZone);
  return String(value);
}

export function formOf(
  customer: CustomerRecord,
  own: readonly OwnField[],
  timeZone: string,
): RecordForm {
  return {
    ...Object.fromEntries(TEXT_FIELDS.map((field) => [field, customer[field] ?? ''])),
    phone: customer.phone ? formatPhone(customer.phone) : '',
    tags: customer.tags.join(', '),
    note: customer.note ?? '',
    locale: customer.locale,
    owner: customer.owner === null ? '' : String(customer.owner),
    ...Object.fromEntries(
      own.map((field) => [
        `${OWN}${field.name}`,
        ownText(field, customer.custom[field.name], timeZone),
      ]),
    ),
  };
}

const tagsOf = (text: string): string[] =>
  text
    .split(/[,、]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

/** Only what was changed is sent: two people editing different fields do not undo each other. */
export function changesOf({ before, form }: Draft): CustomerInput {
  const input: Record<string, unknown> = {};
  const custom: Record<string, string | null> = {};
  for (const [key, value] of Object.entries(form)) {
    if (before[key] === value) continue;
    if (key.startsWith(OWN)) custom[key.slice(OWN.length)] = value === '' ? null : value;
    else if (key === 'tags') input.tags = tagsOf(value);
    else if (key === 'owner') input.owner = value === '' ? null : Number(value);
    else input[key] = value;
  }
  return Object.keys(custom).length > 0 ? { ...input, custom } : input;
}
