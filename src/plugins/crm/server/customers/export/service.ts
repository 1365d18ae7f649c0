/** Customers as a CSV file, page by page: no file is too large, and every export is written down. */
import type { Core } from '@strapi/strapi';
import { stringify } from 'csv-stringify/sync';
import { encode } from 'iconv-lite';

import type { ExportCheck, ExportQuery } from '../../../shared/customer-work';
import { customerFilterSchema, type Customer } from '../../../shared/customers';
import { clock, database, heavyRead, type Locale } from '../../kernel';
import { conditionOf } from '../condition';
import { forCp932 } from '../domain/cp932';
import { customerExportColumns } from '../extensions';
import { finishExport, insertExport } from '../store/exports';
import { lastCustomerId, nextOfCondition } from '../store/list';
import type { ListCondition } from '../store/narrowing';
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

/** Excel takes a cell that begins so for a formula. */
const options = { escape_formulas: true, record_delimiter: 'windows' } as const;

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

/** The file, piece by piece. Who asked for what, and how much it was, is written down. */
export async function* exportFile(
  strapi: Core.Strapi,
  query: ExportQuery,
  who: { readonly reader: Locale; readonly staffId: number | null },
): AsyncGenerator<Buffer> {
  const db = database(strapi);
  const plan = planOf(strapi, query, who.reader);
  const { encoding } = query;
  const filter = customerFilterSchema.parse(query);
  const now = () => clock(strapi).now().getTime();
  const about = { filter, fields: plan.keys, encoding, staffId: who.staffId };
  const id = await insertExport(db, about, now());
  let rows = 0;
  let unencodable = 0;
  const bytesOf = (lines: readonly (readonly string[])[], bom: boolean): Buffer => {
    const text = stringify([...lines], { ...options, bom: bom && encoding === 'utf8' });
    if (encoding === 'utf8') return Buffer.from(text);
    const told = forCp932(text);
    unencodable += told.lost;
    return encode(told.text, 'cp932');
  };
  try {
    yield bytesOf([plan.labels], true);
    for await (const page of pagesOf(strapi, plan, who.reader)) {
      rows += page.length;
      yield bytesOf(
        page.map(({ cells }) => cells),
        false,
      );
    }
  } finally {
    await finishExport(db, id, { rows, unencodable, now: now() });
  }
}
