/** Whom a campaign is meant for: the members of a segment, or who did not read an earlier one. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { database, heavyRead, type Database } from '../../kernel';
import { segmentsService } from '../../segments';

import { findCampaignByDocument } from '../store/campaigns';
import { nonReaders } from '../store/resend';

export interface People {
  /** Ids in ascending order after `after`. */
  ids(page: { readonly after: number; readonly limit: number }): Promise<number[]>;
  /** The same as a subquery of `customer_id`, for the range it is asked about. */
  query(
    db: Database,
    range: { readonly after: number; readonly through: number },
  ): Knex.QueryBuilder;
  count(): Promise<number>;
}

interface Meant {
  readonly segment: string | null;
  readonly resendOf: string | null;
}

export async function peopleOf(strapi: Core.Strapi, meant: Meant): Promise<People> {
  if (meant.resendOf === null) return members(strapi, meant.segment ?? '');
  const original = await findCampaignByDocument(strapi, meant.resendOf);
  return nonReadersOf(strapi, original?.id ?? 0);
}

const members = (strapi: Core.Strapi, segment: string): People => ({
  ids: (page) => segmentsService(strapi).memberIds(segment, page),
  query: (db) => segmentsService(strapi).memberIdsQuery(segment, db),
  count: () => countOf(strapi, (db) => segmentsService(strapi).memberIdsQuery(segment, db)),
});

const nonReadersOf = (strapi: Core.Strapi, campaignId: number): People => ({
  async ids({ after, limit }) {
    const rows = await heavyRead<{ customer_id: number }>(
      strapi,
      nonReaders(database(strapi), campaignId, { after })
        .distinct('sent.customer_id')
        .orderBy('sent.customer_id')
        .limit(limit),
    );
    return rows.map((row) => Number(row.customer_id));
  },
  query: (db, range) => nonReaders(db, campaignId, range),
  count: () =>
    countOf(strapi, (db) => nonReaders(db, campaignId, { after: 0 }).distinct('sent.customer_id')),
});

async function countOf(
  strapi: Core.Strapi,
  people: (db: Database) => Knex.QueryBuilder,
): Promise<number> {
  const db = database(strapi);
  const rows = await heavyRead<{ total: number | string }>(
    strapi,
    db.from(people(db).as('people')).count('* as total'),
  );
  return Number(rows[0]?.total ?? 0);
}
