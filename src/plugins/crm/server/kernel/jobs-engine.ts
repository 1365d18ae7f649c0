/** Which engine runs the jobs: the configuration says, and what it needs is looked at before use. */
import type { Core } from '@strapi/strapi';

import { crmConfig } from './config';
import { database, isPostgres } from './database';
import type { JobEngine, QueueWorker, Schedule } from './jobs';
import { createBullmqJobs } from './jobs-bullmq';
import { createEmbeddedJobs } from './jobs-embedded';
import { checkRedis } from './redis';

export function createJobs(
  strapi: Core.Strapi,
  workers: readonly QueueWorker[],
  schedules: readonly Schedule[],
): JobEngine {
  const { engine, redis, prefix, role, lockSeconds } = crmConfig(strapi).jobs;
  if (engine === 'embedded' || !redis) return createEmbeddedJobs(strapi, workers, schedules);
  return createBullmqJobs(strapi, workers, schedules, { redis, prefix, role, lockSeconds });
}

/** Before anything is written: throws when the configured engine would lose or double work. */
export async function checkJobs(strapi: Core.Strapi): Promise<void> {
  const { engine, redis } = crmConfig(strapi).jobs;
  if (engine !== 'bullmq' || !redis) return;
  if (!isPostgres(database(strapi))) {
    throw new Error(
      'crm: CRM_JOBS_ENGINE=bullmq is for several nodes on one PostgreSQL, and this is SQLite. Set DATABASE_CLIENT=postgres, or leave CRM_JOBS_ENGINE out.',
    );
  }
  const warning = await checkRedis(redis);
  if (warning) strapi.log.warn(warning);
}
