import { z } from 'zod';

import { importQuerySchema } from '../../shared/imports';
import { customerOfUrl, importsService } from '../customers';
import { action, controller, refuse, success } from '../kernel';
import { commerceService } from './index';

const LIMIT = 20;

const ofCustomer = action(
  z.object({
    params: z.object({ id: z.string() }),
    query: z.object({ before: z.coerce.number().int().positive().optional() }),
  }),
  async ({ strapi, input }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return refuse('customers.not-found', 404);
    const commerce = commerceService(strapi);
    const orders = await commerce.ordersOf(customer.id, { ...input.query, limit: LIMIT });
    const next = orders.length === LIMIT ? orders.at(-1)?.orderedAt : undefined;
    return success({
      data: await commerce.detailsOf(orders),
      totals: await commerce.totals(customer.id),
      refunded: await commerce.refundedOf(customer.id),
      page: { next },
    });
  },
);

const subscriptionsOfCustomer = action(
  z.object({ params: z.object({ id: z.string() }) }),
  async ({ strapi, input }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return refuse('customers.not-found', 404);
    return success({ data: await commerceService(strapi).subscriptionsOf(customer.id) });
  },
);

/** A file taken in one call, for programs; people go by the import screen. */
const importOf = (kind: 'orders' | 'products') =>
  action(z.object({ query: importQuerySchema }), async ({ strapi, ctx, input, locale }) => {
    const { policy } = input.query;
    const options = { dryRun: input.query.dryRun === 'true', policy, reader: locale };
    const run = await importsService(strapi).run(kind, ctx, options);
    return run.ok ? success({ data: run.value }) : run;
  });

export const ordersController = controller({
  import: importOf('orders'),
  importProducts: importOf('products'),
  ofCustomer,
  subscriptionsOfCustomer,
});
