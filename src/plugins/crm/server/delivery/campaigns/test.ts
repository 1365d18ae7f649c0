/** A campaign's A/B test: a share of the people gets the variants, the rest waits for the winner. */
import type { Core } from '@strapi/strapi';
import type { z } from 'zod';

import type { testReportSchema, VariantResult } from '../../../shared/campaign-test';
import { clock, database, giveWay, heavyRead, refuse, type Result } from '../../kernel';

import { bestVariant } from '../domain/best-variant';
import { setWinner, transition, type CampaignRecord } from '../store/campaigns';
import {
  releaseRest,
  testSentAt,
  variantAccepted,
  variantEvents,
  type VariantCount,
} from '../store/split';

import { requireCampaign } from './find';
import { versionsOf } from './versions';

const MINUTE_MS = 60_000;

/** Null until the last message of the test is out. */
async function decidesAt(strapi: Core.Strapi, campaign: CampaignRecord): Promise<number | null> {
  const { open, lastSentAt } = await testSentAt(database(strapi), campaign.id);
  if (open) return null;
  // Nobody could be written to: there is nothing to wait for.
  if (lastSentAt === null) return clock(strapi).now().getTime();
  return lastSentAt + (campaign.test?.waitMinutes ?? 0) * MINUTE_MS;
}

/** Called by the sweep: decides what is due, and lets the rest go. A crash in between costs nothing. */
export async function advanceTest(strapi: Core.Strapi, campaign: CampaignRecord): Promise<void> {
  if (!campaign.test || campaign.expandedAt === null || campaign.testReleasedAt !== null) return;
  const winner = campaign.winner ?? (await dueWinner(strapi, campaign));
  if (winner !== null) await release(strapi, campaign, winner);
}

async function dueWinner(strapi: Core.Strapi, campaign: CampaignRecord): Promise<number | null> {
  const at = await decidesAt(strapi, campaign);
  if (at === null || at > clock(strapi).now().getTime()) return null;
  const results = await resultsOf(strapi, campaign);
  const winner = bestVariant(results, campaign.test?.metric ?? 'open');
  return (await setWinner(strapi, campaign.id, winner)) ? winner : null;
}

async function release(strapi: Core.Strapi, campaign: CampaignRecord, winner: number) {
  const now = clock(strapi).now().getTime();
  await releaseRest(database(strapi), {
    ...{ campaignId: campaign.id, winner, now },
    between: () => giveWay(strapi),
  });
  await transition(strapi, campaign.id, ['sending', 'paused'], { testReleasedAt: now });
}

/** A person need not wait for the time that was set. */
export async function chooseWinner(
  strapi: Core.Strapi,
  documentId: string,
  variant: number,
): Promise<Result<CampaignRecord>> {
  const found = await requireCampaign(strapi, documentId);
  if (!found.ok) return found;
  const campaign = found.value;
  if (!campaign.test || variant > campaign.test.variants.length) {
    return refuse('delivery.test-no-variant', 400);
  }
  if (campaign.status !== 'sending' || campaign.expandedAt === null) {
    return refuse(`delivery.campaign-is-${campaign.status}`, 409);
  }
  if (!(await setWinner(strapi, campaign.id, variant))) {
    return refuse('delivery.test-decided', 409);
  }
  await release(strapi, campaign, variant);
  return requireCampaign(strapi, documentId);
}

async function resultsOf(strapi: Core.Strapi, campaign: CampaignRecord): Promise<VariantResult[]> {
  const db = database(strapi);
  const read = async (query: ReturnType<typeof variantAccepted>) => {
    const rows = await heavyRead<VariantCount>(strapi, query);
    return new Map(rows.map(({ variant, people }) => [Number(variant), Number(people)]));
  };
  const accepted = await read(variantAccepted(db, campaign.id));
  const opened = await read(variantEvents(db, campaign.id, ['open', 'click']));
  const clicked = await read(variantEvents(db, campaign.id, ['click']));
  return versionsOf(campaign).map(({ subject }, place) => ({
    subject,
    accepted: accepted.get(place) ?? 0,
    opened: opened.get(place) ?? 0,
    clicked: clicked.get(place) ?? 0,
  }));
}

/** For the report; null where nothing is tested. */
export async function testReport(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<z.infer<typeof testReportSchema> | null> {
  if (!campaign.test) return null;
  const isRunning = campaign.expandedAt !== null && campaign.winner === null;
  return {
    variants: await resultsOf(strapi, campaign),
    winner: campaign.winner,
    decidesAt: isRunning ? await decidesAt(strapi, campaign) : null,
  };
}
