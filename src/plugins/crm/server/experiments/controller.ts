import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { VARIANT_KEYS } from '../../shared/access';
import { experimentInputSchema, type Experiment } from '../../shared/experiments';
import { accessService } from '../access';
import { action, controller, hitRateLimit, success, type Result } from '../kernel';
import {
  createExperiment,
  deleteExperiment,
  everyExperiment,
  experimentById,
  makePermanent,
  startExperiment,
  stopExperiment,
  updateExperiment,
} from './editing';
import { experimentsService } from './index';
import { testablePages } from './pages';
import { resultOf } from './results';

const one = z.object({ params: z.object({ id: z.string().min(1).max(64) }) });

async function detail(strapi: Core.Strapi, found: Result<Experiment>): Promise<Result<unknown>> {
  if (!found.ok) return found;
  return success({ data: { ...found.value, result: await resultOf(strapi, found.value) } });
}

const EXPOSURE_LIMIT = { name: 'experiments.exposure', limit: 120, windowSeconds: 60 };

export const experimentsController = controller({
  list: action(z.object({}), async ({ strapi }) => {
    const data = await everyExperiment(strapi);
    return success({ data, page: { total: data.length, totalIsEstimate: false } });
  }),

  pages: action(z.object({}), async ({ strapi }) => success({ data: await testablePages(strapi) })),

  find: action(one, async ({ strapi, input }) =>
    detail(strapi, await experimentById(strapi, input.params.id)),
  ),

  create: action(z.object({ body: experimentInputSchema }), async ({ strapi, ctx, input }) => {
    const created = await createExperiment(strapi, input.body);
    if (created.ok) ctx.status = 201;
    return detail(strapi, created);
  }),

  update: action(one.extend({ body: experimentInputSchema }), async ({ strapi, input }) =>
    detail(strapi, await updateExperiment(strapi, input.params.id, input.body)),
  ),

  start: action(one, async ({ strapi, input }) =>
    detail(strapi, await startExperiment(strapi, input.params.id)),
  ),

  stop: action(one, async ({ strapi, input }) =>
    detail(strapi, await stopExperiment(strapi, input.params.id)),
  ),

  permanent: action(
    one.extend({ body: z.object({ winner: z.enum(VARIANT_KEYS) }) }),
    async ({ strapi, input }) =>
      detail(strapi, await makePermanent(strapi, input.params.id, input.body.winner)),
  ),

  remove: action(one, async ({ strapi, input }) => {
    const removed = await deleteExperiment(strapi, input.params.id);
    return removed.ok ? success({ data: { documentId: input.params.id } }) : removed;
  }),

  /** A front end of one's own, which reads blocks by REST, says what it has shown. */
  exposed: action(
    z.object({ body: z.object({ experiments: z.array(z.string().max(64)).min(1).max(20) }) }),
    async ({ strapi, ctx, input }) => {
      const limited = await hitRateLimit(strapi, EXPOSURE_LIMIT, ctx.ip);
      if (!limited.ok) return limited;
      const viewer = await accessService(strapi).viewerOf(ctx);
      await experimentsService(strapi).exposed(viewer, input.body.experiments);
      return success({ data: { experiments: Object.fromEntries(viewer.experiments ?? []) } });
    },
  ),
});
