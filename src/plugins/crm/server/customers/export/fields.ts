/** What can be exported of a person, under headings that the import understands. */
import type { Core } from '@strapi/strapi';

import { profileFields, type Customer } from '../../../shared/customers';
import { customerColumns } from '../../../shared/imports';
import { crmConfig, type Locale } from '../../kernel';
import { customFields } from '../custom-fields';
import { dialledDigits } from '../domain/phone';
import { customerExportColumns } from '../extensions';
import { columnLabel } from '../import/column-label';

export interface ExportField {
  readonly key: string;
  readonly label: string;
  readonly cell: (customer: Customer) => string;
}

const KEYS = [
  ...profileFields,
  'locale',
  'tier',
  'lifecycleStage',
  'tags',
  'registeredAt',
  'note',
] as const;

/** `2026-11-22 14:05` where the site is. */
function momentText(strapi: Core.Strapi): (at: number) => string {
  const { timeZone } = crmConfig(strapi);
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return (at) => format.format(at);
}

type Cells = Readonly<Partial<Record<(typeof KEYS)[number], (customer: Customer) => string>>>;

const special = (moment: (at: number) => string): Cells => ({
  phone: ({ phone }) => (phone ? dialledDigits(phone) : ''),
  tags: ({ tags }) => tags.join(','),
  registeredAt: ({ registeredAt }) => (registeredAt === null ? '' : moment(registeredAt)),
});

function ownFields(strapi: Core.Strapi, moment: (at: number) => string): ExportField[] {
  return customFields(strapi).map(({ name, type }) => ({
    key: `custom.${name}`,
    label: name,
    cell: ({ custom }) => {
      const value = custom[name] ?? null;
      if (value === null) return '';
      return type === 'datetime' ? moment(Number(value)) : String(value);
    },
  }));
}

/** Fields of the customer itself. */
export function exportFields(strapi: Core.Strapi, reader: Locale): ExportField[] {
  const moment = momentText(strapi);
  const cells = special(moment);
  const known = KEYS.map((key): ExportField => {
    const column = customerColumns.find((each) => each.key === key);
    return {
      key,
      label: column ? columnLabel(reader, column) : key,
      cell: cells[key] ?? ((customer) => String(customer[key] ?? '')),
    };
  });
  return [...known, ...ownFields(strapi, moment)];
}

/** Everything that can be chosen, what later features know included. */
export function exportChoices(strapi: Core.Strapi, reader: Locale) {
  const own = exportFields(strapi, reader).map(({ key, label }) => ({ key, label }));
  const more = customerExportColumns.members(strapi).flatMap((source) => source.columns(reader));
  return [...own, ...more];
}
