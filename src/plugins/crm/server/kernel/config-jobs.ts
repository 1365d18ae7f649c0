import { z } from 'zod';

/** Who does the work that runs by itself. */
export const jobsSchema = z
  .object({
    /** False: no schedule ticks and no queue drains by itself (tests run jobs by hand). */
    enabled: z.boolean().default(true),
    /** `embedded` needs nothing; `bullmq` spreads the work over nodes that share a PostgreSQL. */
    engine: z.enum(['embedded', 'bullmq']).default('embedded'),
    /** Where BullMQ keeps its queues, for example `redis://:password@10.0.0.5:6379/0`. */
    redis: z.url({ protocol: /^rediss?$/ }).optional(),
    /** Begins the name of every key; another one for every installation that shares a Redis. */
    prefix: z.string().min(1).default('crm'),
    /** `web` serves and puts work on the queues but takes none; `worker` and `all` take it. */
    role: z.enum(['all', 'web', 'worker']).default('all'),
    /** Work of a node that died or froze is given to another after one to two times this. */
    lockSeconds: z.number().int().min(2).max(600).default(30),
  })
  .prefault({})
  .refine(({ engine, redis }) => engine === 'embedded' || redis !== undefined, {
    path: ['redis'],
    error: 'The engine "bullmq" needs the address of a Redis (CRM_REDIS_URL).',
  })
  .refine(({ engine, role }) => engine === 'bullmq' || role === 'all', {
    path: ['role'],
    error: 'Only the engine "bullmq" knows roles: an embedded engine works for its own node.',
  });
