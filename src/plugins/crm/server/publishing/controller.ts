import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import {
  publicationPlanSchema,
  publicationTargetSchema,
  type PublicationTarget,
} from '../../shared/publishing';
import { action, controller, refuse, success } from '../kernel';
import { entryForRights } from './documents';
import { publishingService } from './index';
import { listPublications } from './service';

type Cannot = (entry?: object) => boolean;

interface PermissionChecker {
  readonly cannot: { readonly publish: Cannot; readonly read: Cannot };
}

/** The role's own rights on this content type: planning is publishing. */
function rightsOf(strapi: Core.Strapi, ctx: Context, uid: string): PermissionChecker['cannot'] {
  const checkers = strapi.plugin('content-manager').service('permission-checker') as unknown as {
    create(input: { userAbility: unknown; model: string }): PermissionChecker;
  };
  const { userAbility } = ctx.state as { userAbility?: unknown };
  return checkers.create({ userAbility, model: uid }).cannot;
}

/** Of this very entry: Strapi's conditions ("only their own") may allow one and not another. */
async function mayNot(
  strapi: Core.Strapi,
  ctx: Context,
  right: keyof PermissionChecker['cannot'],
  target: PublicationTarget,
): Promise<boolean> {
  const cannot = rightsOf(strapi, ctx, target.uid)[right];
  if (cannot()) return true;
  const entry = await entryForRights(strapi, target);
  return entry !== null && cannot(entry);
}

const isType = (strapi: Core.Strapi, uid: string): boolean => uid in strapi.contentTypes;

export const publishingController = controller({
  list: action(z.object({}), async ({ strapi, ctx }) => {
    const all = (await listPublications(strapi)).filter(({ uid }) => isType(strapi, uid));
    const hidden = await Promise.all(all.map((row) => mayNot(strapi, ctx, 'read', row)));
    const data = all.filter((_, index) => !hidden[index]);
    return success({ data, page: { total: data.length, totalIsEstimate: false } });
  }),

  find: action(z.object({ query: publicationTargetSchema }), async ({ strapi, ctx, input }) => {
    const { uid } = input.query;
    if (!isType(strapi, uid)) return refuse('publishing.not-found', 404);
    if (await mayNot(strapi, ctx, 'read', input.query)) {
      return refuse('publishing.forbidden', 403);
    }
    return success({ data: await publishingService(strapi).planOf(input.query) });
  }),

  change: action(z.object({ body: publicationPlanSchema }), async ({ strapi, ctx, input }) => {
    const { uid } = input.body;
    if (!isType(strapi, uid)) return refuse('publishing.not-found', 404);
    if (await mayNot(strapi, ctx, 'publish', input.body)) {
      return refuse('publishing.forbidden', 403);
    }
    const changed = await publishingService(strapi).changePlan(input.body);
    return changed.ok ? success({ data: changed.value }) : changed;
  }),
});
