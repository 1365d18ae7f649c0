import { z } from 'zod';

import { topicInputSchema } from '../../shared/topics';
import { action, controller, success, type Result } from '../kernel';

import { addTopic, editTopic, removeTopic, topicsOf } from './topics';

const one = z.object({ params: z.object({ id: z.coerce.number().int().positive() }) });

const shown = (result: Result<object>): Result<{ data: object }> =>
  result.ok ? success({ data: result.value }) : result;

export const topicsController = controller({
  list: action(z.object({}), async ({ strapi }) => success({ data: await topicsOf(strapi) })),

  create: action(z.object({ body: topicInputSchema }), async ({ strapi, ctx, input }) => {
    ctx.status = 201;
    return shown(await addTopic(strapi, input.body));
  }),

  update: action(one.extend({ body: topicInputSchema }), async ({ strapi, input }) =>
    shown(await editTopic(strapi, input.params.id, input.body)),
  ),

  remove: action(one, async ({ strapi, input }) =>
    shown(await removeTopic(strapi, input.params.id)),
  ),
});
