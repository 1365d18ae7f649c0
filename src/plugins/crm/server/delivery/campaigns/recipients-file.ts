/** The people behind one number of a report, as a file: page by page, and written down who took it. */
import type { Core } from '@strapi/strapi';
import type { z } from 'zod';

import type { CampaignRecipient, recipientsFileSchema } from '../../../shared/delivery';
import { csvFile } from '../../customers';
import { crmConfig, database, heavyRead, translate, type Locale } from '../../kernel';

import type { CampaignRecord } from '../store/campaigns';
import type { MessageRow } from '../store/message-row';
import { recipientRows } from '../store/recipients';

import { presentRecipients } from './recipients';

type Wish = z.output<typeof recipientsFileSchema>;

const PAGE = 1_000;

const COLUMNS = [
  'customerId',
  'name',
  'kana',
  'channel',
  'address',
  'status',
  'reason',
  'error',
  'sentAt',
] as const satisfies readonly (keyof CampaignRecipient)[];

type Cell = (recipient: CampaignRecipient) => string;
type Cells = Readonly<Partial<Record<(typeof COLUMNS)[number], Cell>>>;

/** `2026-11-22 14:05:09` where the site is. */
function specialCells(strapi: Core.Strapi, reader: Locale): Cells {
  const words = (key: string) => translate(strapi, reader, key);
  const moment = new Intl.DateTimeFormat('sv-SE', {
    timeZone: crmConfig(strapi).timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return {
    status: ({ status }) => words(`delivery.file.status.${status}`),
    sentAt: ({ sentAt }) => (sentAt === null ? '' : moment.format(sentAt)),
  };
}

async function* pagesOf(strapi: Core.Strapi, campaignId: number, wish: Wish, reader: Locale) {
  const special = specialCells(strapi, reader);
  for (let cursor = 0; ;) {
    const page = { ...wish, cursor, limit: PAGE };
    const query = recipientRows(database(strapi), campaignId, page);
    const rows = await heavyRead<MessageRow>(strapi, query);
    const last = rows.at(-1);
    if (!last) return;
    cursor = last.id;
    const people = await presentRecipients(strapi, rows);
    yield people.map((person) =>
      COLUMNS.map((key) => special[key]?.(person) ?? String(person[key] ?? '')),
    );
  }
}

export function recipientsFile(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  wish: Wish,
  who: { readonly reader: Locale; readonly staffId: number | null },
): AsyncIterable<Buffer> {
  const { state, channel, encoding } = wish;
  const about = {
    filter: { campaign: campaign.documentId, state, ...(channel && { channel }) },
    fields: COLUMNS,
    encoding,
    staffId: who.staffId,
  };
  const labels = COLUMNS.map((key) => translate(strapi, who.reader, `delivery.file.${key}`));
  return csvFile(strapi, about, labels, pagesOf(strapi, campaign.id, wish, who.reader));
}
