import { z } from 'zod';

import { ruleGroupSchema, segmentInputSchema } from '../../shared/segments';
import { action, controller, success } from '../kernel';
import { segmentFields } from './fields';
import { segmentsService } from './index';
import {
  allSegments,
  createSegment,
  deleteSegment,
  segmentDetail,
  updateSegment,
} from './segment-editing';

const SAMPLE = 10;

const one = z.object({ params: z.object({ id: z.string().min(1).max(64) }) });
const customerId = z.number().int().positive().max(2_147_483_647);

export const segmentsController = controller({
  list: action(z.object({}), async ({ strapi }) => {
    const segments = await allSegments(strapi);
    const page = { total: segments.length, totalIsEstimate: false };
    return success({ data: segments, page });
  }),

  find: action(one, async ({ strapi, input }) => {
    const found = await segmentDetail(strapi, input.params.id);
    return found.ok ? success({ data: found.value }) : found;
  }),

  create: action(z.object({ body: segmentInputSchema }), async ({ strapi, ctx, input, locale }) => {
    const created = await createSegment(strapi, input.body, locale);
    if (!created.ok) return created;
    ctx.status = 201;
    return success({ data: created.value });
  }),

  update: action(one.extend({ body: segmentInputSchema }), async ({ strapi, input, locale }) => {
    const updated = await updateSegment(strapi, input.params.id, input.body, locale);
    return updated.ok ? success({ data: updated.value }) : updated;
  }),

  remove: action(one, async ({ strapi, input }) => {
    const removed = await deleteSegment(strapi, input.params.id);
    return removed.ok ? success({ data: { documentId: input.params.id } }) : removed;
  }),

  refresh: action(one, async ({ strapi, input }) => {
    const refreshed = await segmentsService(strapi).refresh(input.params.id);
    return refreshed.ok ? success({ data: refreshed.value }) : refreshed;
  }),

  fields: action(z.object({}), async ({ strapi, locale }) =>
    success({ data: await segmentFields(strapi, locale) }),
  ),

  preview: action(
    z.object({ body: z.object({ rule: ruleGroupSchema }) }),
    async ({ strapi, input, locale }) => {
      const service = segmentsService(strapi);
      const { rule } = input.body;
      const count = await service.count(rule, locale);
      if (!count.ok) return count;
      const sample = await service.sample(rule, SAMPLE, locale);
      if (!sample.ok) return sample;
      const total = await service.total();
      return success({ data: { count: count.value, total, sample: sample.value } });
    },
  ),

  why: action(
    z.object({ body: z.object({ rule: ruleGroupSchema, customerId }) }),
    async ({ strapi, input, locale }) => {
      const { rule, customerId: person } = input.body;
      const why = await segmentsService(strapi).why(rule, person, locale);
      return why.ok ? success({ data: why.value }) : why;
    },
  ),
});
