import { z } from 'zod';

import { mergeInputSchema, pairInputSchema } from '../../../shared/customer-merge';
import { action, controller, refuse, success } from '../../kernel';
import { customerOfUrl } from '../index';
import { mergesService } from './contract';
import { staffOf } from '../staff';

const id = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });

const duplicates = action(z.object({}), async ({ strapi }) =>
  success(await mergesService(strapi).duplicates()),
);

const lookAgain = action(z.object({}), ({ strapi }) => {
  mergesService(strapi).lookAgain();
  return Promise.resolve(success({ data: {} }));
});

const duplicatesOfOne = action(
  z.object({ params: z.object({ id: z.string() }) }),
  async ({ strapi, input }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return refuse('customers.not-found', 404);
    return success({ data: await mergesService(strapi).duplicatesOf(customer) });
  },
);

const dismiss = action(z.object({ body: pairInputSchema }), async ({ strapi, input }) => {
  await mergesService(strapi).dismiss(input.body.a, input.body.b);
  return success({ data: {} });
});

const merge = action(z.object({ body: mergeInputSchema }), async ({ strapi, ctx, input }) => {
  const merged = await mergesService(strapi).merge(input.body, staffOf(ctx));
  return merged.ok ? success({ data: merged.value }) : merged;
});

const undo = action(z.object({ params: id }), async ({ strapi, input }) => {
  const undone = await mergesService(strapi).undo(input.params.id);
  return undone.ok ? success({ data: undone.value }) : undone;
});

const list = action(z.object({}), async ({ strapi }) =>
  success({ data: await mergesService(strapi).latest() }),
);

export const mergesController = controller({
  duplicates,
  lookAgain,
  duplicatesOfOne,
  dismiss,
  merge,
  undo,
  list,
});
