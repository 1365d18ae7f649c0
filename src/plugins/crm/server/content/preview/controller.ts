import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import { previewRequestSchema } from '../../../shared/preview';
import { action, controller, success } from '../../kernel';
import { showPreview } from './page';
import { makePreview, type Editor } from './service';

const editorOf = (ctx: Context): Editor => {
  const { user, userAbility } = ctx.state as {
    user: { id: number };
    userAbility: Editor['ability'];
  };
  return { id: Number(user.id), ability: userAbility };
};

export const previewController = controller({
  create: action(z.object({ body: previewRequestSchema }), async ({ strapi, ctx, input }) => {
    const made = await makePreview(strapi, editorOf(ctx), input.body);
    return made.ok ? success({ data: made.value }) : made;
  }),
  show: (strapi: Core.Strapi) => (ctx: Context) => showPreview(strapi, ctx),
});
