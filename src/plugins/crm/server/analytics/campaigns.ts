import type { Core } from '@strapi/strapi';

import type { HomeCampaign } from '../../shared/analytics';
import { database, heavyRead } from '../kernel';
import {
  campaignEventCounts,
  campaignsByStatus,
  campaignStatusCounts,
  latestCampaigns,
  nextCampaign,
  type CampaignRow,
} from './store';

const SHOWN = 5;

export interface HomeCampaigns {
  readonly latest: readonly HomeCampaign[];
  readonly next: HomeCampaign | null;
  readonly byStatus: Readonly<Record<string, number>>;
}

interface Count {
  readonly campaign_id: number;
  readonly status?: string;
  readonly type?: string;
  readonly people: number | string;
}

const moment = (value: number | string | null): number | null =>
  value === null ? null : Number(value);

/** Sums the counts of one campaign whose status or type is one of `names`. */
const sumOf = (counts: readonly Count[], id: number, names: readonly string[]): number =>
  counts
    .filter((count) => Number(count.campaign_id) === id)
    .filter((count) => names.includes(count.status ?? count.type ?? ''))
    .reduce((sum, count) => sum + Number(count.people), 0);

function withNumbers(
  row: CampaignRow,
  statuses: readonly Count[],
  events: readonly Count[],
): HomeCampaign {
  const id = Number(row.id);
  const all = [...new Set(statuses.map((count) => count.status ?? ''))];
  return {
    documentId: row.document_id,
    name: row.name,
    status: row.status,
    startedAt: moment(row.started_at),
    scheduledAt: moment(row.scheduled_at),
    total: sumOf(statuses, id, all),
    accepted: sumOf(statuses, id, ['accepted']),
    blocked: sumOf(statuses, id, ['blocked']),
    troubled: sumOf(statuses, id, ['failed', 'unknown']),
    opened: sumOf(events, id, ['open']),
    clicked: sumOf(events, id, ['click']),
  };
}

/** The last campaigns with their honest numbers, the next one, and how many stand where. */
export async function campaignsOfHome(strapi: Core.Strapi): Promise<HomeCampaigns> {
  const db = database(strapi);
  const rows = await heavyRead<CampaignRow>(strapi, latestCampaigns(db, SHOWN));
  const ids = rows.map((row) => Number(row.id));
  const statuses = await heavyRead<Count>(strapi, campaignStatusCounts(db, ids));
  const events = await heavyRead<Count>(strapi, campaignEventCounts(db, ids));
  const [next] = await heavyRead<CampaignRow>(strapi, nextCampaign(db));
  const byStatus = await heavyRead<{ status: string; count: number | string }>(
    strapi,
    campaignsByStatus(db),
  );
  return {
    latest: rows.map((row) => withNumbers(row, statuses, events)),
    next: next ? withNumbers(next, [], []) : null,
    byStatus: Object.fromEntries(byStatus.map((row) => [row.status, Number(row.count)])),
  };
}
