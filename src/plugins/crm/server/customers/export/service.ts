/** Customers as a CSV file, page by page. */
import type { Core } from '@strapi/strapi';

import type { ExportCheck, ExportQuery } from '../../../shared/customer-work';
import { customerFilterSchema, type Customer } from '../../../shared/customers';
import { database, heavyRead, type Locale } from '../../kernel';
import { conditionOf } from '../condition';
import { forCp932 } from '../domain/cp932';
import { customerExportColumns } from '../extensions';
import { lastCustomerId, nextOfCondition } from '../store/list';
import type { ListCondition } from '../store/narrowing';
import { csvFile } from './csv-file';
import { exportChoices, exportFields } from './fields';

const PAGE = 1000;
const SAMPLES = 20;

interface Row {
  readonly customerId: number;
  readonly cells: readonly string[];
}

interface Plan {
  readonly keys: readonly string[];
  readonly labels: readonly string[];
  readonly condition: ListCondition | null;
}

function planOf(strapi: Core.Strapi, query: ExportQuery, reader: Locale): Plan {
  const { fields } = query;
  const { q, ...conditions } = customerFilterSchema.parse(query);
  const choices = exportChoices(strapi, reader);
  const wanted = fields === undefined ? null : new Set(fields.split(','));
  const chosen = choices.filter(({ key }) => !wanted || wanted.has(key));
  return {
    keys: chosen.map(({ key }) => key),
    labels: chosen.map(({ label }) => label),
    condition: conditionOf(strapi, { text: q, ...conditions }),
  };
}

async function rowsOf(
  strapi: Core.Strapi,
  people: readonly Customer[],
  keys: readonly string[],
  reader: Locale,
): Promise<Row[]> {
  const own = new Map(exportFields(strapi, reader).map((field) => [field.key, field]));
  const ids = people.map((person) => person.id);
  const sources = customerExportColumns
    .members(strapi)
    .filter((source) => source.columns(reader).some(({ key }) => keys.includes(key)));
  const more = await Promise.all(sources.map((source) => source.of(ids, reader)));
  return people.map((person) => ({
    customerId: person.id,
    cells: keys.map(
      (key) =>
        own.get(key)?.cell(person) ??
        more.map((cells) => cells.get(person.id)?.[key]).find((cell) => cell !== undefined) ??
        '',
    ),
  }));
}

async function* pagesOf(
  strapi: Core.Strapi,
  plan: Plan,
  reader: Locale,
): AsyncGenerator<readonly Row[]> {
  const db = database(strapi);
  const { condition } = plan;
  if (!condition) return;
  const until = await lastCustomerId(db);
  for (let after = 0; ;) {
    const at = { after, until, limit: PAGE };
    const people = await nextOfCondition(db, condition, at, (query) => heavyRead(strapi, query));
    if (people.length === 0) return;
    after = people.at(-1)?.id ?? after;
    yield await rowsOf(strapi, people, plan.keys, reader);
  }
}

/** What the export would hold, and what CP932 cannot. */
export async function checkExport(
  strapi: Core.Strapi,
  query: ExportQuery,
  reader: Locale,
): Promise<ExportCheck> {
  const plan = planOf(strapi, query, reader);
  const found: ExportCheck = { rows: 0, unencodable: 0, samples: [] };
  for await (const page of pagesOf(strapi, plan, reader)) {
    found.rows += page.length;
    if (query.encoding === 'utf8') continue;
    for (const { customerId, cells } of page) {
      cells.forEach((text, at) => {
        const { lost } = forCp932(text);
        if (lost === 0) return;
        found.unencodable += lost;
        if (found.samples.length >= SAMPLES) return;
        found.samples.push({ customerId, field: plan.labels[at] ?? '', text: text.slice(0, 100) });
      });
    }
  }
  return found;
}

/** The file, piece by piece. */
export async function* exportFile(
  strapi: Core.Strapi,
  query: ExportQuery,
  who: { readonly reader: Locale; readonly staffId: number | null },
): AsyncGenerator<Buffer> {
  const plan = planOf(strapi, query, who.reader);
  const about = {
    filter: customerFilterSchema.parse(query),
    fields: plan.keys,
    encoding: query.encoding,
    staffId: who.staffId,
  };
  yield* csvFile(strapi, about, plan.labels, cellsOf(pagesOf(strapi, plan, who.reader)));
}

async function* cellsOf(pages: AsyncIterable<readonly Row[]>) {
  for await (const page of pages) yield page.map(({ cells }) => cells);
}
