/** The life of a campaign: draft → awaiting → scheduled → sending ⇄ paused → sent, or cancelled. */
import type { Core } from '@strapi/strapi';

import {
  campaignStatuses,
  type CampaignInput,
  type CampaignStatus,
} from '../../../shared/delivery';
import {
  clock,
  database,
  giveWay,
  jobs,
  refuse,
  success,
  type QueueWorker,
  type Result,
  type Schedule,
} from '../../kernel';

import type { Agreement } from '../domain/agreement';
import { sweepOutbox } from '../outbox/outbox';
import {
  deleteCampaign,
  dueSchedules,
  findCampaign,
  insertCampaign,
  sendingCampaigns,
  type CampaignRecord,
} from '../store/campaigns';
import { cancelOpen } from '../store/messages';

import { agreeToGoOn, needsApproval } from './approval';
import { beginCampaign, EXPANSION_QUEUE, letGo, step } from './begin';
import { expandCampaign } from './expansion';
import { requireCampaign } from './find';
import { mayBegin } from './may-begin';
import { advanceTest } from './test';

export async function createCampaign(strapi: Core.Strapi, input: CampaignInput) {
  return success(await insertCampaign(strapi, input));
}

/** One step of a campaign that is named from outside. */
async function stepOf(
  strapi: Core.Strapi,
  documentId: string,
  from: readonly CampaignStatus[],
  change: Parameters<typeof step>[3],
): Promise<Result<CampaignRecord>> {
  const found = await requireCampaign(strapi, documentId);
  return found.ok ? step(strapi, found.value, from, change) : found;
}

/** What somebody agreed to was the text before; whoever changed it cannot agree to her own. */
export const updateCampaign = (
  strapi: Core.Strapi,
  documentId: string,
  input: CampaignInput,
  by: number,
) =>
  stepOf(strapi, documentId, ['draft', 'scheduled'], {
    ...input,
    requestedBy: by,
    approvedBy: null,
    agreed: null,
  });

/** Where its message stands on the web changes nothing of what is sent, so nobody need agree anew. */
export async function showOnWeb(
  strapi: Core.Strapi,
  documentId: string,
  web: Pick<CampaignRecord, 'web' | 'webNoindex'>,
): Promise<Result<CampaignRecord>> {
  const found = await requireCampaign(strapi, documentId);
  return found.ok ? step(strapi, found.value, campaignStatuses, web) : found;
}

export async function removeCampaign(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<{ data: null }>> {
  const found = await requireCampaign(strapi, documentId);
  if (!found.ok) return found;
  if (!['draft', 'scheduled', 'awaiting'].includes(found.value.status)) {
    return refuse(`delivery.campaign-is-${found.value.status}`, 409);
  }
  await deleteCampaign(strapi, found.value.id);
  return success({ data: null });
}

/** Checked, and by a second person where the rules ask for one; then it goes, or waits for its time. */
async function release(
  strapi: Core.Strapi,
  documentId: string,
  by: number | null,
  scheduledAt: number | null,
): Promise<Result<CampaignRecord>> {
  const found = await requireCampaign(strapi, documentId);
  if (!found.ok) return found;
  const campaign = { ...found.value, scheduledAt, requestedBy: by };
  const ready = await mayBegin(strapi, campaign);
  if (!ready.ok) return ready;
  const from = ['draft', 'scheduled'] as const;
  const asked = await step(strapi, campaign, from, { requestedBy: by });
  if (!asked.ok) return asked;
  return (await needsApproval(strapi, asked.value))
    ? step(strapi, campaign, from, { status: 'awaiting', scheduledAt })
    : letGo(strapi, campaign, from);
}

/** Clicked twice, or on two screens at once, it begins once: the second is refused. */
export const sendCampaign = (strapi: Core.Strapi, documentId: string, by: number | null) =>
  release(strapi, documentId, by, null);

export async function scheduleCampaign(
  strapi: Core.Strapi,
  documentId: string,
  by: number | null,
  scheduledAt: number,
): Promise<Result<CampaignRecord>> {
  if (scheduledAt <= clock(strapi).now().getTime()) return refuse('delivery.schedule-past', 400);
  return release(strapi, documentId, by, scheduledAt);
}

export const unscheduleCampaign = (strapi: Core.Strapi, documentId: string) =>
  stepOf(strapi, documentId, ['scheduled'], { status: 'draft', scheduledAt: null });

/** Takes effect before the next batch; what is in flight arrives. */
export const pauseCampaign = (strapi: Core.Strapi, documentId: string) =>
  stepOf(strapi, documentId, ['sending'], { status: 'paused' });

/** `seen`: what was on the screen of whoever goes on, where the words had changed. */
export async function resumeCampaign(
  strapi: Core.Strapi,
  documentId: string,
  by: number,
  seen?: Agreement,
) {
  const found = await requireCampaign(strapi, documentId);
  if (!found.ok) return found;
  const agreed = await agreeToGoOn(strapi, found.value, by, seen);
  if (!agreed.ok) return agreed;
  const resumed = await step(strapi, found.value, ['paused'], {
    status: 'sending',
    holdReason: null,
    ...agreed.value,
  });
  if (resumed.ok) jobs(strapi).enqueue(EXPANSION_QUEUE, String(resumed.value.id));
  return resumed;
}

export async function cancelCampaign(strapi: Core.Strapi, documentId: string) {
  const cancelled = await stepOf(
    strapi,
    documentId,
    ['awaiting', 'scheduled', 'sending', 'paused'],
    {
      status: 'cancelled',
      finishedAt: clock(strapi).now().getTime(),
    },
  );
  if (cancelled.ok) {
    await cancelOpen(database(strapi), cancelled.value.id, () => giveWay(strapi));
  }
  return cancelled;
}

/** Writes the rows that are missing, then lets the outbox look for work. */
export const expansionWorker: QueueWorker = {
  queue: EXPANSION_QUEUE,
  concurrency: 1,
  async work({ strapi }, pointer) {
    const campaign = await findCampaign(strapi, Number(pointer));
    if (campaign?.status !== 'sending') return;
    if (campaign.expandedAt === null && !(await expandCampaign(strapi, campaign))) return;
    await sweepOutbox(strapi);
  },
};

/** Its people may be more by now, or the rule be new: whoever has to agree is asked now. */
async function startScheduled(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
): Promise<Result<CampaignRecord>> {
  const ready = await mayBegin(strapi, campaign);
  if (!ready.ok) return ready;
  return (await needsApproval(strapi, campaign))
    ? step(strapi, campaign, ['scheduled'], { status: 'awaiting', approvedBy: null, agreed: null })
    : beginCampaign(strapi, campaign, ['scheduled']);
}

/** Begins what is due by its time, and goes on with expansions that a crash interrupted. */
export const campaignSweep: Schedule = {
  name: 'delivery.campaign-sweep',
  cron: '*/5 * * * * *',
  async run({ strapi }, now) {
    for (const campaign of await dueSchedules(strapi, now.getTime())) {
      const started = await startScheduled(strapi, campaign);
      if (!started.ok) {
        // What was in order when it was planned is not now: back to the desk, not silently late.
        strapi.log.error(`crm: campaign ${campaign.name}: ${started.refusal.code}`);
        await unscheduleCampaign(strapi, campaign.documentId);
      }
    }
    for (const campaign of await sendingCampaigns(strapi)) {
      if (campaign.expandedAt === null) jobs(strapi).enqueue(EXPANSION_QUEUE, String(campaign.id));
      else await advanceTest(strapi, campaign);
    }
  },
};
