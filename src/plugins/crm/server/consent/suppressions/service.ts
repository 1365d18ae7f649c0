/** Who gets nothing, and why: looked up, put on, taken off, taken out as a file. */
import type { Core } from '@strapi/strapi';

import { consentChannels, type ConsentChannel } from '../../../shared/consent';
import type {
  SuppressedAddress,
  SuppressionInput,
  SuppressionsFile,
  SuppressionsQuery,
} from '../../../shared/suppressions';
import { csvFile } from '../../customers';
import {
  clock,
  crmConfig,
  database,
  heavyRead,
  inTransaction,
  refuse,
  success,
  translate,
  type Locale,
  type Result,
  type UnitOfWork,
} from '../../kernel';
import { addressHash } from '../domain/address-hash';
import { consentService } from '../index';
import {
  addressesOf,
  forgetSuppressed,
  suppressedAddress,
  suppressionCount,
  suppressionRows,
  takeOff,
  type SuppressionFilter,
  type SuppressionRow,
} from './store';

const PAGE = 1_000;

function filterOf({ address, channel, reason }: Partial<SuppressionsQuery>): SuppressionFilter {
  const hashes = address ? consentChannels.map((each) => addressHash(each, address)) : null;
  return { hashes: hashes && [...new Set(hashes)], channel, reason };
}

/** Whoever searches knows the address, though we may have forgotten whose it is. */
const named = (row: SuppressionRow, searched: string | undefined): SuppressedAddress => ({
  ...suppressedAddress(row),
  address: row.address ?? searched ?? null,
});

export async function suppressionsPage(strapi: Core.Strapi, query: SuppressionsQuery) {
  const db = database(strapi);
  const filter = filterOf(query);
  const { cursor, limit } = query;
  const rows = await heavyRead<SuppressionRow>(
    strapi,
    suppressionRows(db, filter, { cursor, limit }),
  );
  const [total] = await heavyRead<{ count: number | string }>(strapi, suppressionCount(db, filter));
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    data: rows.map((row) => named(row, query.address)),
    page: {
      ...(last && { next: String(last.id) }),
      total: Number(total?.count ?? 0),
      totalIsEstimate: false,
    },
  };
}

export async function putOn(strapi: Core.Strapi, input: SuppressionInput): Promise<void> {
  await inTransaction(strapi, (unit) =>
    consentService(strapi).suppress(unit, { ...input, reason: 'manual' }),
  );
}

/** She may be written to again, where she agrees to it. */
export async function takeOffList(
  strapi: Core.Strapi,
  id: number,
  staffId: number | null,
): Promise<Result<true>> {
  const now = clock(strapi).now().getTime();
  const row = await inTransaction(strapi, (unit) => takeOff(unit.trx, id, { staffId, now }));
  return row ? success(true) : refuse('consent.suppression-gone', 404);
}

async function* pagesOf(strapi: Core.Strapi, filter: SuppressionFilter, reader: Locale) {
  const words = (key: string) => translate(strapi, reader, key);
  const { timeZone } = crmConfig(strapi);
  const day = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  for (let cursor: number | undefined; ;) {
    const query = suppressionRows(database(strapi), filter, { cursor, limit: PAGE });
    const rows = await heavyRead<SuppressionRow>(strapi, query);
    if (rows.length === 0) return;
    cursor = rows.at(-1)?.id;
    yield rows.map(({ channel, address, address_hash, reason, created_at }) => [
      words(`consent.record.channel.${channel}`),
      address ?? `sha256:${address_hash}`,
      words(`consent.suppression.${reason}`),
      day.format(Number(created_at)),
    ]);
  }
}

const FIELDS = ['channel', 'address', 'reason', 'since'] as const;

export function suppressionsFile(
  strapi: Core.Strapi,
  { encoding, ...filter }: SuppressionsFile,
  who: { readonly reader: Locale; readonly staffId: number | null },
): AsyncIterable<Buffer> {
  const about = {
    filter: { suppressions: filter },
    fields: FIELDS,
    encoding,
    staffId: who.staffId,
  };
  const labels = FIELDS.map((field) =>
    translate(strapi, who.reader, `consent.suppression.field.${field}`),
  );
  return csvFile(strapi, about, labels, pagesOf(strapi, filterOf(filter), who.reader));
}

const CHANNEL_OF: Readonly<Record<string, ConsentChannel>> = { email: 'email', phone: 'sms' };

/** She is forgotten; that nothing goes to her addresses is not. */
export async function forgetHer(unit: UnitOfWork, customerId: number): Promise<void> {
  const own = await addressesOf(unit.trx, customerId);
  const hashes = own.flatMap(({ kind, value }) => {
    const channel = CHANNEL_OF[kind];
    return channel ? [addressHash(channel, value)] : [];
  });
  await forgetSuppressed(unit.trx, hashes);
}
