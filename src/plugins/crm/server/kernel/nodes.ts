/** Which processes run this site, and when each was last heard of. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

import type { Core } from '@strapi/strapi';

import { clock } from './clock';
import { crmConfig } from './config';
import { database } from './database';

/** One process; restarted, it is another one of the same name. */
export interface NodeRow {
  readonly id: string;
  /** Machine and port. */
  readonly name: string;
  /** False: it serves pages and takes no work. */
  readonly works: boolean;
  readonly startedAt: number;
  readonly seenAt: number;
}

const BEAT_MS = 15_000;
/** Four beats missed: it was killed, it froze, or it cannot reach the database. */
export const NODE_SILENT_MS = 60_000;

interface Pulse {
  readonly id: string;
  readonly timer: NodeJS.Timeout;
  beating: Promise<void>;
}

const pulses = new WeakMap<object, Pulse>();

/**
 * One sign of life. A process of the same name that is silent while this one lives is the one that
 * this one replaced.
 */
async function beat(strapi: Core.Strapi, id: string): Promise<void> {
  const db = database(strapi);
  const now = clock(strapi).now().getTime();
  const name = `${hostname()}:${String(strapi.config.get('server.port'))}`.slice(0, 200);
  const { enabled, role } = crmConfig(strapi).jobs;
  const works = enabled && role !== 'web';
  await db('crm_nodes')
    .insert({ id, name, works, started_at: now, seen_at: now })
    .onConflict('id')
    .merge(['seen_at']);
  await db('crm_nodes')
    .where({ name })
    .whereNot({ id })
    .where('seen_at', '<', now - NODE_SILENT_MS)
    .delete();
}

/** Until `endPulse`: this process tells that it lives. */
export async function startPulse(strapi: Core.Strapi): Promise<void> {
  const id = randomUUID();
  const quietly = () =>
    beat(strapi, id).catch((error: unknown) => {
      strapi.log.warn(`crm: no sign of life could be written: ${String(error)}`);
    });
  const pulse: Pulse = {
    id,
    timer: setInterval(() => {
      pulse.beating = quietly();
    }, BEAT_MS),
    beating: quietly(),
  };
  pulse.timer.unref();
  pulses.set(strapi, pulse);
  await pulse.beating;
}

/** A process that ends as it should is not missed. */
export async function endPulse(strapi: Core.Strapi): Promise<void> {
  const pulse = pulses.get(strapi);
  if (!pulse) return;
  clearInterval(pulse.timer);
  await pulse.beating;
  await forgetNode(strapi, pulse.id);
}

/** True when there was one. */
export const forgetNode = async (strapi: Core.Strapi, id: string): Promise<boolean> =>
  (await database(strapi)('crm_nodes').where({ id }).delete()) > 0;

/** All that were heard of and did not say good-bye, the oldest first. */
export async function knownNodes(strapi: Core.Strapi): Promise<NodeRow[]> {
  const rows: {
    id: string;
    name: string;
    works: boolean | number;
    started_at: number | string;
    seen_at: number | string;
  }[] = await database(strapi)('crm_nodes').orderBy(['started_at', 'id']);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    works: Boolean(row.works),
    startedAt: Number(row.started_at),
    seenAt: Number(row.seen_at),
  }));
}
