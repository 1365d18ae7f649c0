/** Starts workers for what is due and mends what a dead worker left behind. */
import type { Core } from '@strapi/strapi';

import { clock, database, jobs, type QueueWorker, type Schedule } from '../../kernel';
import type { Channel } from '../channels/channel';
import { lanePointer, parseLane, type Lane } from '../domain/lane';
import { channels } from '../index';
import { dueLanes, releaseExpired } from '../store/outbox';

import { directSource } from './direct-source';
import { OutboxWorker } from './worker';

const QUEUE = 'delivery.outbox';
/** Campaigns on two channels and transactional mail run side by side. */
const LANES_AT_ONCE = 8;

export const configuredChannels = (strapi: Core.Strapi): readonly Channel[] =>
  channels.members(strapi).filter((channel) => channel.enabled);

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
  for (const lane of await dueLanes(db, now, [])) wakeLane(strapi, lane);
}

async function drainLane(strapi: Core.Strapi, pointer: string): Promise<void> {
  const lane = parseLane(pointer);
  const channel = configuredChannels(strapi).find((candidate) => candidate.key === lane?.channel);
  if (!lane || !channel) return;
  const source = directSource(
    () => Promise.resolve(new Set()),
    () => Promise.resolve(),
  );
  await new OutboxWorker(strapi).drain(lane, channel, source);
}

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
