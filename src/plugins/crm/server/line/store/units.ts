import type { Database } from '../../kernel';

interface NewUnit {
  readonly account: string;
  readonly campaignId: number;
  readonly unit: string;
}

/** Figures are null until LINE was asked, and where LINE tells none. */
export interface Unit extends NewUnit {
  readonly id: number;
  readonly firstSentAt: number;
  readonly askedAt: number | null;
  readonly uniqueImpressions: number | null;
  readonly uniqueClicks: number | null;
}

interface UnitRow {
  id: number;
  account: string;
  campaign_id: number;
  unit: string;
  first_sent_at: number | string;
  asked_at: number | string | null;
  unique_impressions: number | null;
  unique_clicks: number | null;
}

const unitOfRow = (row: UnitRow): Unit => ({
  id: Number(row.id),
  account: row.account,
  campaignId: Number(row.campaign_id),
  unit: row.unit,
  firstSentAt: Number(row.first_sent_at),
  askedAt: row.asked_at === null ? null : Number(row.asked_at),
  uniqueImpressions: row.unique_impressions === null ? null : Number(row.unique_impressions),
  uniqueClicks: row.unique_clicks === null ? null : Number(row.unique_clicks),
});

/** Something goes out under this name; the first time stands. */
export async function noteUnit(db: Database, given: NewUnit, now: number): Promise<void> {
  const { account, campaignId, unit } = given;
  await db('crm_line_units')
    .insert({ account, campaign_id: campaignId, unit, first_sent_at: now })
    .onConflict(['account', 'unit'])
    .ignore();
}

/** Those asked least lately; never asked first. Index: crm_line_units_sent. */
export async function unitsToAsk(
  db: Database,
  { account, since }: { account: string; since: number },
  limit: number,
): Promise<Unit[]> {
  const rows: UnitRow[] = await db('crm_line_units')
    .where({ account })
    .where('first_sent_at', '>=', since)
    .orderByRaw('coalesce(asked_at, 0), id')
    .limit(limit);
  return rows.map(unitOfRow);
}

export async function keepFigures(
  db: Database,
  id: number,
  figures: { uniqueImpressions: number | null; uniqueClicks: number | null },
  now: number,
): Promise<void> {
  await db('crm_line_units').where({ id }).update({
    unique_impressions: figures.uniqueImpressions,
    unique_clicks: figures.uniqueClicks,
    asked_at: now,
  });
}

/** Index: crm_line_units_campaign. */
export async function unitsOfCampaign(db: Database, campaignId: number): Promise<Unit[]> {
  const rows: UnitRow[] = await db('crm_line_units')
    .where({ campaign_id: campaignId })
    .orderBy('id');
  return rows.map(unitOfRow);
}
