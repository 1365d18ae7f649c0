/** The life of a campaign: draft → scheduled → sending ⇄ paused → sent, or cancelled. */
import type { Core } from '@strapi/strapi';

import type { CampaignInput, CampaignStatus } from '../../../shared/delivery';
import {
  clock,
  database,
  jobs,
  refuse,
  success,
  type QueueWorker,
  type Result,
  type Schedule,
} from '../../kernel';
import { segmentsService } from '../../segments';

import { sweepOutbox } from '../outbox/outbox';
import {
  deleteCampaign,
  dueSchedules,
  findCampaign,
  findCampaignByDocument,
  insertCampaign,
  sendingCampaigns,
  transition,
  type CampaignRecord,
} from '../store/campaigns';
import { cancelOpen } from '../store/messages';

import { expandCampaign } from './expansion';
import { quotaBeforeSending } from './quota';
import { problemsBeforeSending } from './readiness';

const QUEUE = 'delivery.expansion';

export async function requireCampaign(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<CampaignRecord>> {
  const campaign = await findCampaignByDocument(strapi, documentId);
  return campaign ? success(campaign) : refuse('delivery.campaign-not-found', 404);
}

export async function createCampaign(strapi: Core.Strapi, input: CampaignInput) {
  return success(await insertCampaign(strapi, input));
}

/** One step from one of `from`; what comes late is told what the campaign is by now. */
async function step(
  strapi: Core.Strapi,
  documentId: string,
  from: readonly CampaignStatus[],
  change: Parameters<typeof transition>[3],
): Promise<Result<CampaignRecord>> {
  const found = await requireCampaign(strapi, documentId);
  if (!found.ok) return found;
  const changed = await transition(strapi, found.value.id, from, change);
  const current = (await findCampaign(strapi, found.value.id)) ?? found.value;
  if (!changed) return refuse(`delivery.campaign-is-${current.status}`, 409);
  return success(current);
}

export const updateCampaign = (strapi: Core.Strapi, documentId: string, input: CampaignInput) =>
  step(strapi, documentId, ['draft', 'scheduled'], input);

export async function removeCampaign(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<{ data: null }>> {
  const found = await requireCampaign(strapi, documentId);
  if (!found.ok) return found;
  if (!['draft', 'scheduled'].includes(found.value.status)) {
    return refuse(`delivery.campaign-is-${found.value.status}`, 409);
  }
  await deleteCampaign(strapi, found.value.id);
  return success({ data: null });
}

async function mayBegin(strapi: Core.Strapi, campaign: CampaignRecord): Promise<Result<true>> {
  const ready = await problemsBeforeSending(strapi, campaign);
  return ready.ok ? quotaBeforeSending(strapi, campaign) : ready;
}

/** Clicked twice, or on two screens at once, it begins once: the second is refused. */
export async function sendCampaign(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<CampaignRecord>> {
  const found = await requireCampaign(strapi, documentId);
  if (!found.ok) return found;
  const ready = await mayBegin(strapi, found.value);
  if (!ready.ok) return ready;
  await segmentsService(strapi).refresh(found.value.segment ?? '');
  const started = await step(strapi, documentId, ['draft', 'scheduled'], {
    status: 'sending',
    startedAt: clock(strapi).now().getTime(),
  });
  if (started.ok) jobs(strapi).enqueue(QUEUE, String(started.value.id));
  return started;
}

export async function scheduleCampaign(
  strapi: Core.Strapi,
  documentId: string,
  scheduledAt: number,
): Promise<Result<CampaignRecord>> {
  const found = await requireCampaign(strapi, documentId);
  if (!found.ok) return found;
  if (scheduledAt <= clock(strapi).now().getTime()) return refuse('delivery.schedule-past', 400);
  const ready = await mayBegin(strapi, found.value);
  if (!ready.ok) return ready;
  return step(strapi, documentId, ['draft', 'scheduled'], { status: 'scheduled', scheduledAt });
}

export const unscheduleCampaign = (strapi: Core.Strapi, documentId: string) =>
  step(strapi, documentId, ['scheduled'], { status: 'draft', scheduledAt: null });

/** Takes effect before the next batch; what is in flight arrives. */
export const pauseCampaign = (strapi: Core.Strapi, documentId: string) =>
  step(strapi, documentId, ['sending'], { status: 'paused' });

export async function resumeCampaign(strapi: Core.Strapi, documentId: string) {
  const resumed = await step(strapi, documentId, ['paused'], {
    status: 'sending',
    holdReason: null,
  });
  if (resumed.ok) jobs(strapi).enqueue(QUEUE, String(resumed.value.id));
  return resumed;
}

export async function cancelCampaign(strapi: Core.Strapi, documentId: string) {
  const cancelled = await step(strapi, documentId, ['scheduled', 'sending', 'paused'], {
    status: 'cancelled',
    finishedAt: clock(strapi).now().getTime(),
  });
  if (cancelled.ok) await cancelOpen(database(strapi), cancelled.value.id);
  return cancelled;
}

/** Writes the rows that are missing, then lets the outbox look for work. */
export const expansionWorker: QueueWorker = {
  queue: QUEUE,
  concurrency: 1,
  async work({ strapi }, pointer) {
    const campaign = await findCampaign(strapi, Number(pointer));
    if (campaign?.status !== 'sending') return;
    if (campaign.expandedAt === null && !(await expandCampaign(strapi, campaign))) return;
    await sweepOutbox(strapi);
  },
};

/** Begins what is due by its time, and goes on with expansions that a crash interrupted. */
export const campaignSweep: Schedule = {
  name: 'delivery.campaign-sweep',
  cron: '*/5 * * * * *',
  async run({ strapi }, now) {
    for (const campaign of await dueSchedules(strapi, now.getTime())) {
      const started = await sendCampaign(strapi, campaign.documentId);
      if (!started.ok) {
        // What was in order when it was planned is not now: back to the desk, not silently late.
        strapi.log.error(`crm: campaign ${campaign.name}: ${started.refusal.code}`);
        await unscheduleCampaign(strapi, campaign.documentId);
      }
    }
    for (const campaign of await sendingCampaigns(strapi)) {
      if (campaign.expandedAt === null) jobs(strapi).enqueue(QUEUE, String(campaign.id));
    }
  },
};
