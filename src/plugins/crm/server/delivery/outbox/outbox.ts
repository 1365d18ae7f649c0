/** Starts workers for what is due and mends what a dead worker left behind. */
import type { Core } from '@strapi/strapi';

import { consentService } from '../../consent';
import {
  clock,
  database,
  giveWay,
  inTransaction,
  jobs,
  type QueueWorker,
  type Schedule,
} from '../../kernel';

import { campaignSource } from '../campaigns/campaign-source';
import { finishWhenDone } from '../campaigns/finish';
import type { Channel } from '../channels/channel';
import { lanePointer, parseLane, type Lane } from '../domain/lane';
import { suppressedRows } from '../guard';
import { findCampaign, sendingCampaigns } from '../store/campaigns';
import { insertMessageEvents } from '../store/message-events';
import { cancelOpen } from '../store/messages';
import { dueLanes, releaseExpired } from '../store/outbox';

import { configuredChannels } from './configured-channels';
import { directSource } from './direct-source';
import { OutboxWorker, type LaneSource } from './worker';

const QUEUE = 'delivery.outbox';
/** Campaigns on two channels and transactional mail run side by side. */
const LANES_AT_ONCE = 8;

export function wakeLane(strapi: Core.Strapi, lane: Lane): void {
  jobs(strapi).enqueue(QUEUE, lanePointer(lane));
}

/** Recovers rows of dead workers, then wakes a worker for every lane with something due. */
export async function sweepOutbox(strapi: Core.Strapi): Promise<void> {
  const db = database(strapi);
  const now = clock(strapi).now().getTime();
  const idempotent = configuredChannels(strapi).filter((channel) => channel.idempotent);
  const { unknown } = await releaseExpired(
    db,
    now,
    idempotent.map((channel) => channel.key),
  );
  if (unknown > 0) {
    strapi.log.warn(`crm: ${unknown} messages were cut off while the provider was taking them`);
  }
  const open = (await sendingCampaigns(strapi)).filter(({ expandedAt }) => expandedAt !== null);
  const lanes = await dueLanes(
    db,
    now,
    open.map(({ id }) => id),
  );
  for (const lane of lanes) wakeLane(strapi, lane);
  for (const { id } of open) {
    if (!lanes.some((lane) => lane.campaignId === id)) await finishWhenDone(strapi, id);
  }
}

/** Does a lane's work in this process, until nothing in it is due. */
export async function drainLane(strapi: Core.Strapi, pointer: string): Promise<void> {
  const lane = parseLane(pointer);
  const channel = configuredChannels(strapi).find((candidate) => candidate.key === lane?.channel);
  if (!lane || !channel) return;
  const source = await sourceOf(strapi, lane, channel);
  if (!source) return;
  await new OutboxWorker(strapi).drain(lane, channel, source);
  if (lane.campaignId === null) return;
  await cancelReturned(strapi, lane.campaignId);
  await finishWhenDone(strapi, lane.campaignId);
}

/** What a worker had claimed while somebody cancelled the campaign, and did not begin any more. */
async function cancelReturned(strapi: Core.Strapi, campaignId: number): Promise<void> {
  const campaign = await findCampaign(strapi, campaignId);
  if (campaign?.status !== 'cancelled') return;
  await cancelOpen(database(strapi), campaignId, () => giveWay(strapi));
}

async function sourceOf(
  strapi: Core.Strapi,
  lane: Lane,
  channel: Channel,
): Promise<LaneSource | null> {
  const settled = afterAnswers(strapi, channel);
  if (lane.campaignId === null) {
    return directSource(
      (rows) => suppressedRows(database(strapi), channel.consentChannel, rows),
      settled,
    );
  }
  const campaign = await findCampaign(strapi, lane.campaignId);
  return campaign && campaignSource(strapi, campaign, channel, settled);
}

/** An address that does not exist gets nothing more, and its person's timeline says why. */
const afterAnswers =
  (strapi: Core.Strapi, channel: Channel): LaneSource['settled'] =>
  async (answered) => {
    for (const { row, outcome } of answered) {
      if (outcome.status !== 'failed' || !outcome.suppress || !row.address) continue;
      const { address } = row;
      const reason = outcome.suppress;
      await inTransaction(strapi, async (unit) => {
        await consentService(strapi).suppress(unit, {
          channel: channel.consentChannel,
          address,
          reason,
        });
        await insertMessageEvents(unit.trx, [
          {
            message_id: row.id,
            campaign_id: row.campaign_id,
            customer_id: row.customer_id,
            type: 'bounce',
            at: clock(strapi).now().getTime(),
            is_machine: false,
            link_id: null,
            detail: outcome.reason.slice(0, 500),
          },
        ]);
      });
    }
  };

export const outboxWorker: QueueWorker = {
  queue: QUEUE,
  concurrency: LANES_AT_ONCE,
  work: ({ strapi }, pointer) => drainLane(strapi, pointer),
};

export const outboxSweep: Schedule = {
  name: 'delivery.outbox-sweep',
  cron: '*/5 * * * * *',
  run: ({ strapi }) => sweepOutbox(strapi),
};
