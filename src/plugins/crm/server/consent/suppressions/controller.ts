import { z } from 'zod';

import {
  suppressionInputSchema,
  suppressionsFileSchema,
  suppressionsQuerySchema,
} from '../../../shared/suppressions';
import { answerCsv, staffOf } from '../../customers';
import { action, controller, success } from '../../kernel';
import { putOn, suppressionsFile, suppressionsPage, takeOffList } from './service';

const id = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });

export const suppressionsController = controller({
  list: action(z.object({ query: suppressionsQuerySchema }), async ({ strapi, input }) =>
    success(await suppressionsPage(strapi, input.query)),
  ),

  create: action(z.object({ body: suppressionInputSchema }), async ({ strapi, input }) => {
    await putOn(strapi, input.body);
    return success({ data: { done: true } });
  }),

  remove: action(z.object({ params: id }), async ({ strapi, ctx, input }) => {
    const removed = await takeOffList(strapi, input.params.id, staffOf(ctx));
    return removed.ok ? success({ data: { done: true } }) : removed;
  }),

  file: action(
    z.object({ query: suppressionsFileSchema }),
    ({ strapi, ctx, input: { query }, locale }) => {
      const who = { reader: locale, staffId: staffOf(ctx) };
      const { encoding } = query;
      answerCsv(ctx, { name: 'suppressed.csv', encoding }, suppressionsFile(strapi, query, who));
      return Promise.resolve(success(undefined));
    },
  ),
});
