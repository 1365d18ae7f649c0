import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import {
  agreementSchema,
  campaignSourceSchema,
  campaignStatuses,
  channelRules,
  holdReasons,
  linkTrackings,
  shortageRules,
  webForms,
  type CampaignInput,
  type CampaignStatus,
} from '../../../shared/delivery';
import { campaignTestSchema } from '../../../shared/campaign-test';
import { lineNarrowingSchema } from '../../../shared/line-narrowing';
import { campaignUid } from '../content-type';

/** A campaign as the server works with it; `id` is the key in the plugin's own tables. */
const recordSchema = z.object({
  id: z.number().int(),
  documentId: z.string(),
  name: z.string(),
  subject: z.string().nullish().transform(text),
  preheader: z.string().nullish().transform(text),
  lineAltText: z.string().nullish().transform(text),
  source: campaignSourceSchema.nullish().transform((value) => value ?? null),
  segment: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  channels: z.array(z.string()),
  channelRule: z.enum(channelRules),
  senders: z
    .record(z.string(), z.string())
    .nullish()
    .transform((value) => value ?? {}),
  linkTracking: z
    .enum(linkTrackings)
    .nullish()
    .transform((value) => value ?? 'personal'),
  lineNarrowing: lineNarrowingSchema.nullish().transform((value) => value ?? null),
  shortageRule: z
    .enum(shortageRules)
    .nullish()
    .transform((value) => value ?? 'refuse'),
  resendOf: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  holdoutPercent: z
    .number()
    .int()
    .nullish()
    .transform((value) => value ?? 0),
  test: campaignTestSchema.nullish().transform((value) => value ?? null),
  winner: person(),
  topic: person(),
  web: z
    .enum(webForms)
    .nullish()
    .transform((value) => value ?? 'link'),
  webNoindex: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  testReleasedAt: epoch(),
  holdReason: z
    .enum(holdReasons)
    .nullish()
    .transform((value) => value ?? null),
  status: z.enum(campaignStatuses),
  scheduledAt: epoch(),
  startedAt: epoch(),
  finishedAt: epoch(),
  expandedAt: epoch(),
  expansionCursor: z
    .number()
    .int()
    .nullish()
    .transform((value) => value ?? 0),
  /** Admin users: who said "send", and who else agreed. */
  requestedBy: person(),
  approvedBy: person(),
  agreed: agreementSchema.nullish().transform((value) => value ?? null),
  createdAt: z.coerce.date().transform((date) => date.getTime()),
});
export type CampaignRecord = z.infer<typeof recordSchema>;

function text(value: string | null | undefined): string {
  return value ?? '';
}

function epoch() {
  return z
    .union([z.number(), z.string()])
    .nullish()
    .transform((value) => (value === null || value === undefined ? null : Number(value)));
}

function person() {
  return z
    .number()
    .int()
    .nullish()
    .transform((value) => value ?? null);
}

const query = (strapi: Core.Strapi) => strapi.db.query(campaignUid);

export const parseCampaign = (row: unknown): CampaignRecord | null =>
  row ? recordSchema.parse(row) : null;

export const findCampaign = async (strapi: Core.Strapi, id: number) =>
  parseCampaign(await query(strapi).findOne({ where: { id } }));

export const findCampaignByDocument = async (strapi: Core.Strapi, documentId: string) =>
  parseCampaign(await query(strapi).findOne({ where: { documentId } }));

export async function listCampaigns(
  strapi: Core.Strapi,
  filter: { status?: CampaignStatus; before?: number; limit: number },
): Promise<{ campaigns: CampaignRecord[]; total: number }> {
  const scope = filter.status ? { status: filter.status } : {};
  const where = filter.before ? { ...scope, id: { $lt: filter.before } } : scope;
  const rows: unknown[] = await query(strapi).findMany({
    where,
    orderBy: { id: 'desc' },
    limit: filter.limit,
  });
  const total = await query(strapi).count({ where: scope });
  return { campaigns: rows.map((row) => recordSchema.parse(row)), total };
}

/** Ids whose rows workers may take: sending, and every row is written. */
export async function sendingCampaigns(strapi: Core.Strapi): Promise<CampaignRecord[]> {
  const rows: unknown[] = await query(strapi).findMany({ where: { status: 'sending' } });
  return rows.map((row) => recordSchema.parse(row));
}

export async function dueSchedules(strapi: Core.Strapi, now: number): Promise<CampaignRecord[]> {
  const rows: unknown[] = await query(strapi).findMany({ where: { status: 'scheduled' } });
  return rows
    .map((row) => recordSchema.parse(row))
    .filter(({ scheduledAt }) => scheduledAt !== null && scheduledAt <= now);
}

/** Those that began to be sent in a time, the first one first; `total` counts them all. */
export async function campaignsBegun(
  strapi: Core.Strapi,
  { from, to }: { readonly from: number; readonly to: number },
  limit: number,
): Promise<{ campaigns: CampaignRecord[]; total: number }> {
  const where = { startedAt: { $gte: from, $lt: to } };
  const rows: unknown[] = await query(strapi).findMany({
    where,
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    limit,
  });
  const total = await query(strapi).count({ where });
  return { campaigns: rows.map((row) => recordSchema.parse(row)), total };
}

/** Through the document service: it gives the document its id. */
export async function insertCampaign(
  strapi: Core.Strapi,
  input: CampaignInput,
): Promise<CampaignRecord> {
  const created = await strapi.documents(campaignUid as never).create({
    data: { ...input, status: 'draft', expansionCursor: 0 } as never,
  });
  return recordSchema.parse(created);
}

type Change = Partial<
  CampaignInput &
    Pick<
      CampaignRecord,
      | 'status'
      | 'scheduledAt'
      | 'startedAt'
      | 'finishedAt'
      | 'expandedAt'
      | 'expansionCursor'
      | 'holdReason'
      | 'requestedBy'
      | 'approvedBy'
      | 'agreed'
      | 'testReleasedAt'
    >
>;

/**
 * Changes the campaign only while it is in one of `from`: of two clicks at once, one wins.
 * True when this call won.
 */
export async function transition(
  strapi: Core.Strapi,
  id: number,
  from: readonly CampaignStatus[],
  change: Change,
): Promise<boolean> {
  const { count } = await query(strapi).updateMany({
    where: { id, status: { $in: [...from] } },
    data: change,
  });
  return count > 0;
}

/** Of two who decide, one wins: true when this call did. */
export async function setWinner(strapi: Core.Strapi, id: number, winner: number): Promise<boolean> {
  const { count } = await query(strapi).updateMany({
    where: { id, status: 'sending', winner: null },
    data: { winner },
  });
  return count > 0;
}

/** Resends of a campaign that were not given up, the oldest first. */
export async function resendsOf(
  strapi: Core.Strapi,
  documentId: string,
): Promise<CampaignRecord[]> {
  const rows: unknown[] = await query(strapi).findMany({
    where: { resendOf: documentId, status: { $ne: 'cancelled' } },
    orderBy: { id: 'asc' },
    limit: 20,
  });
  return rows.map((row) => recordSchema.parse(row));
}

export const deleteCampaign = (strapi: Core.Strapi, id: number) =>
  query(strapi).deleteMany({ where: { id, status: { $in: ['draft', 'scheduled', 'awaiting'] } } });

/** Campaigns that still need this segment. */
export async function campaignsOfSegment(
  strapi: Core.Strapi,
  segment: string,
): Promise<CampaignRecord[]> {
  const rows: unknown[] = await query(strapi).findMany({
    where: { segment, status: { $in: ['draft', 'awaiting', 'scheduled', 'sending', 'paused'] } },
    limit: 50,
  });
  return rows.map((row) => recordSchema.parse(row));
}

/** The newest, for choosing one; their texts are not read. */
export const campaignNames = (
  strapi: Core.Strapi,
): Promise<readonly { documentId: string; name: string }[]> =>
  query(strapi).findMany({ select: ['documentId', 'name'], orderBy: { id: 'desc' }, limit: 200 });
