import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import { publicationPlanSchema, publicationTargetSchema } from '../../shared/publishing';
import { action, controller, refuse, success } from '../kernel';
import { publishingService } from './index';
import { listPublications } from './service';

interface PermissionChecker {
  readonly cannot: { readonly publish: () => boolean; readonly read: () => boolean };
}

/** The role's own rights on this content type: planning is publishing. */
function rightsOf(strapi: Core.Strapi, ctx: Context, uid: string): PermissionChecker['cannot'] {
  const checkers = strapi.plugin('content-manager').service('permission-checker') as unknown as {
    create(input: { userAbility: unknown; model: string }): PermissionChecker;
  };
  const { userAbility } = ctx.state as { userAbility?: unknown };
  return checkers.create({ userAbility, model: uid }).cannot;
}

const isType = (strapi: Core.Strapi, uid: string): boolean => uid in strapi.contentTypes;

export const publishingController = controller({
  list: action(z.object({}), async ({ strapi, ctx }) => {
    const all = await listPublications(strapi);
    const data = all.filter(({ uid }) => isType(strapi, uid) && !rightsOf(strapi, ctx, uid).read());
    return success({ data, page: { total: data.length, totalIsEstimate: false } });
  }),

  find: action(z.object({ query: publicationTargetSchema }), async ({ strapi, ctx, input }) => {
    const { uid } = input.query;
    if (!isType(strapi, uid)) return refuse('publishing.not-found', 404);
    if (rightsOf(strapi, ctx, uid).read()) return refuse('publishing.forbidden', 403);
    return success({ data: await publishingService(strapi).planOf(input.query) });
  }),

  change: action(z.object({ body: publicationPlanSchema }), async ({ strapi, ctx, input }) => {
    const { uid } = input.body;
    if (!isType(strapi, uid)) return refuse('publishing.not-found', 404);
    if (rightsOf(strapi, ctx, uid).publish()) return refuse('publishing.forbidden', 403);
    const changed = await publishingService(strapi).changePlan(input.body);
    return changed.ok ? success({ data: changed.value }) : changed;
  }),
});
