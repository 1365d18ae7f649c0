/** Bounces and complaints over all campaigns, the newest first. */
import type { Core } from '@strapi/strapi';
import type { z } from 'zod';

import type { ReturnedMail, returnedQuerySchema } from '../../../shared/mail-sending';
import { database, heavyRead } from '../../kernel';

import { returnedCount, returnedRows, type ReturnedRow } from '../store/returned';

const returnedMail = (row: ReturnedRow): ReturnedMail => ({
  id: Number(row.id),
  kind: row.type,
  at: Number(row.at),
  customerId: row.customer_id === null ? null : Number(row.customer_id),
  address: row.address,
  campaign: row.document_id === null ? null : { documentId: row.document_id, name: row.name ?? '' },
  detail: row.detail,
});

export async function returnedMails(
  strapi: Core.Strapi,
  query: z.output<typeof returnedQuerySchema>,
) {
  const db = database(strapi);
  const rows = await heavyRead<ReturnedRow>(strapi, returnedRows(db, query));
  const [total] = await heavyRead<{ count: number | string }>(strapi, returnedCount(db, query));
  const last = rows.length === query.limit ? rows.at(-1) : undefined;
  return {
    data: rows.map(returnedMail),
    page: {
      ...(last && { next: String(last.id) }),
      total: Number(total?.count ?? 0),
      totalIsEstimate: false,
    },
  };
}
