import { z } from 'zod';

import { sourceOrderSchema } from '../../../shared/field-sources';
import { action, controller, refuse, success } from '../../kernel';
import { customerOfUrl } from '../index';
import { setSourceOrder, sourceOrder } from './order';
import { recordSources } from './service';

const ofCustomer = action(
  z.object({ params: z.object({ id: z.string() }) }),
  async ({ strapi, input }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return refuse('customers.not-found', 404);
    return success({ data: await recordSources(strapi, customer) });
  },
);

const order = action(z.object({}), async ({ strapi }) =>
  success({ data: { order: await sourceOrder(strapi) } }),
);

const setOrder = action(z.object({ body: sourceOrderSchema }), async ({ strapi, input }) => {
  await setSourceOrder(strapi, input.body.order);
  return success({ data: { order: input.body.order } });
});

export const sourcesController = controller({ ofCustomer, order, setOrder });
