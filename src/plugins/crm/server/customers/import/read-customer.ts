import { profileFields, type CustomerInput, type CustomValue } from '../../../shared/customers';
import { tagOfColumn } from '../../../shared/import-tags';
import { customValue, type CustomField } from '../domain/custom-values';
import { parseDateTime } from '../domain/date-time';
import { normalizeText } from '../domain/japanese-text';
import { normalizeCustomer } from '../domain/normalize-customer';
import type { Cells, ReadCustomer, RowIssue } from './import-kind';

const TEXT_COLUMNS = [...profileFields, 'tier', 'lifecycleStage', 'note'] as const;

const MAX_LENGTH = 255;
const MAX_NOTE = 10_000;

const TRUE = /^(?:1|true|yes|y|はい|○|◯|〇)$/i;
const FALSE = /^(?:0|false|no|n|いいえ|×|✕|-|－|ー)$/i;

/** Family name first; a name without a space is kept whole as the family name. */
function splitName(name: string): [family: string, given: string | undefined] {
  const [family = '', ...given] = normalizeText(name).split(' ');
  return [family, given.length > 0 ? given.join(' ') : undefined];
}

function nameFields(cells: Cells): CustomerInput {
  if (!cells.fullName && !cells.fullNameKana) return {};
  const [familyName, givenName] = splitName(cells.fullName ?? '');
  const [familyNameKana, givenNameKana] = splitName(cells.fullNameKana ?? '');
  return {
    ...(familyName ? { familyName, givenName } : {}),
    ...(familyNameKana ? { familyNameKana, givenNameKana } : {}),
  };
}

function localeOf(text: string): 'ja' | 'en' | null {
  const language = text.toLowerCase();
  if (/^(?:ja|jp|日本語|japanese)/.test(language)) return 'ja';
  return /^(?:en|英語|english)/.test(language) ? 'en' : null;
}

function tooLong(cells: Cells): RowIssue[] {
  const issues: RowIssue[] = [];
  for (const column of Object.keys(cells)) {
    const length = cells[column]?.length ?? 0;
    if (length > (column === 'note' ? MAX_NOTE : MAX_LENGTH)) {
      issues.push({ column, code: 'too-long' });
    }
  }
  return issues;
}

/** Some products put each tag of a cell in quotes of its own. */
const tagsOf = (cell: string): string[] =>
  cell
    .split(/[,、;；|\n]/)
    .map((tag) => tag.trim().replace(/^"(.*)"$/, '$1'))
    .filter((tag) => tag.trim() !== '');

/** Tags with a column of their own: a yes adds one, a no says as little as an empty cell. */
function flaggedTags(cells: Cells, issues: RowIssue[]): string[] {
  const tags: string[] = [];
  for (const column in cells) {
    const tag = tagOfColumn(column);
    const cell = cells[column] ?? '';
    if (tag === null) continue;
    if (TRUE.test(cell)) tags.push(tag);
    else if (!FALSE.test(cell)) issues.push({ column, code: 'invalid-value' });
  }
  return tags;
}

function readOthers(
  input: CustomerInput,
  cells: Cells,
  timeZone: string,
  issues: RowIssue[],
): void {
  const tags = [...(cells.tags ? tagsOf(cells.tags) : []), ...flaggedTags(cells, issues)];
  if (tags.length > 0 || cells.tags) input.tags = tags;
  if (cells.madeUp) input.madeUp = TRUE.test(cells.madeUp);
  if (cells.locale) {
    const locale = localeOf(cells.locale);
    if (locale) input.locale = locale;
    else issues.push({ column: 'locale', code: 'invalid-locale' });
  }
  if (cells.registeredAt) {
    const registeredAt = parseDateTime(cells.registeredAt, timeZone);
    if (registeredAt === null) issues.push({ column: 'registeredAt', code: 'invalid-date' });
    else input.registeredAt = registeredAt;
  }
}

function readCustom(
  cells: Cells,
  timeZone: string,
  own: readonly CustomField[],
  issues: RowIssue[],
): Record<string, CustomValue> | null {
  const values: Record<string, CustomValue> = {};
  for (const field of own) {
    const column = `custom.${field.name}`;
    const cell = cells[column];
    if (!cell) continue;
    const value = customValue(field, cell, timeZone);
    if (value === undefined) issues.push({ column, code: 'invalid-value' });
    else values[field.name] = value;
  }
  return Object.keys(values).length > 0 ? values : null;
}

/** Reads one row; `timeZone` is where dates without an offset are meant. */
export function readCustomer(
  cells: Cells,
  timeZone: string,
  own: readonly CustomField[] = [],
): ReadCustomer {
  const long = tooLong(cells);
  if (long.length > 0) return { fields: {}, issues: long };
  const issues: RowIssue[] = [];
  const input = nameFields(cells);
  for (const key of TEXT_COLUMNS) if (cells[key]) input[key] = cells[key];
  readOthers(input, cells, timeZone, issues);
  const { fields, issues: wrong } = normalizeCustomer(input);
  const custom = readCustom(cells, timeZone, own, issues);
  if (custom) fields.custom = custom;
  for (const { field, code } of wrong) issues.push({ column: field, code });
  if (!fields.customerNumber && !fields.email && wrong.length === 0) {
    issues.push({ column: null, code: 'no-key' });
  }
  return { fields, issues };
}
