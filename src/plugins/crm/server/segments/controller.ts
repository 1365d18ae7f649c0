import { z } from 'zod';

import {
  isTooLarge,
  MAX_RULE_DEPTH,
  MAX_RULES,
  ruleGroupSchema,
  segmentInputSchema,
  segmentMembersInputSchema,
} from '../../shared/segments';
import { action, controller, refuse, success } from '../kernel';
import { pickMembers } from './by-hand';
import { segmentFields } from './fields';
import { importMembers } from './import-members';
import { segmentsService } from './index';
import {
  allSegments,
  createSegment,
  deleteSegment,
  segmentDetail,
  updateSegment,
  segmentHistory,
  segmentMembers,
} from './segment-editing';

const SAMPLE = 10;

/** A rule, or the word that it is too large: that is said in a sentence, not as a wrong shape. */
const askedRule = z.union([
  ruleGroupSchema,
  z
    .unknown()
    .refine(isTooLarge)
    .transform(() => 'too-large' as const),
]);
const askedSegment = segmentInputSchema.extend({
  rule: askedRule.default({ combinator: 'and', rules: [] }),
});
const tooLarge = () =>
  refuse('segments.too-large', 400, { params: { depth: MAX_RULE_DEPTH, rules: MAX_RULES } });

const one = z.object({ params: z.object({ id: z.string().min(1).max(64) }) });
const picked = one.extend({ body: segmentMembersInputSchema });
const membersPage = one.extend({
  query: z.object({ before: z.coerce.number().int().positive().optional() }),
});
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

  create: action(z.object({ body: askedSegment }), async ({ strapi, ctx, input, locale }) => {
    const { rule, ...about } = input.body;
    if (rule === 'too-large') return tooLarge();
    const created = await createSegment(strapi, { ...about, rule }, locale);
    if (!created.ok) return created;
    ctx.status = 201;
    return success({ data: created.value });
  }),

  update: action(one.extend({ body: askedSegment }), async ({ strapi, input, locale }) => {
    const { rule, ...about } = input.body;
    if (rule === 'too-large') return tooLarge();
    const updated = await updateSegment(strapi, input.params.id, { ...about, rule }, locale);
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

  history: action(one, async ({ strapi, input }) => {
    const moves = await segmentHistory(strapi, input.params.id);
    return moves.ok ? success({ data: moves.value }) : moves;
  }),

  members: action(membersPage, async ({ strapi, input }) => {
    const members = await segmentMembers(strapi, input.params.id, input.query.before);
    return members.ok ? success({ data: members.value }) : members;
  }),

  addMembers: action(picked, async ({ strapi, input }) => {
    const change = { entering: input.body.customerIds, leaving: [] };
    const counts = await pickMembers(strapi, input.params.id, change);
    return counts.ok ? success({ data: counts.value }) : counts;
  }),

  removeMembers: action(picked, async ({ strapi, input }) => {
    const change = { entering: [], leaving: input.body.customerIds };
    const counts = await pickMembers(strapi, input.params.id, change);
    return counts.ok ? success({ data: counts.value }) : counts;
  }),

  importMembers: action(one, async ({ strapi, ctx, input, locale }) => {
    const imported = await importMembers(strapi, ctx, input.params.id, locale);
    return imported.ok ? success({ data: imported.value }) : imported;
  }),

  fields: action(z.object({}), async ({ strapi, locale }) =>
    success({ data: await segmentFields(strapi, locale) }),
  ),

  preview: action(
    z.object({ body: z.object({ rule: askedRule }) }),
    async ({ strapi, input, locale }) => {
      const service = segmentsService(strapi);
      const { rule } = input.body;
      if (rule === 'too-large') return tooLarge();
      const [found, total] = await Promise.all([
        service.preview(rule, SAMPLE, locale),
        service.total(),
      ]);
      return found.ok ? success({ data: { ...found.value, total } }) : found;
    },
  ),

  why: action(
    z.object({ body: z.object({ rule: askedRule, customerId }) }),
    async ({ strapi, input, locale }) => {
      const { rule, customerId: person } = input.body;
      if (rule === 'too-large') return tooLarge();
      const why = await segmentsService(strapi).why(rule, person, locale);
      return why.ok ? success({ data: why.value }) : why;
    },
  ),
});
