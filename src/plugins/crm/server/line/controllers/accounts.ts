import { z } from 'zod';

import { customerOfUrl } from '../../customers';
import { action, controller, inTransaction, refuse, success } from '../../kernel';
import { lineService } from '..';

export const accountsController = controller({
  status: action(z.object({}), async ({ strapi }) =>
    success({ data: await lineService(strapi).accountStatuses() }),
  ),

  /** Which LINE accounts a customer has linked. */
  friendsOfCustomer: action(
    z.object({ params: z.object({ id: z.string() }) }),
    async ({ strapi, input }) => {
      const customer = await customerOfUrl(strapi, input.params.id);
      if (!customer) return refuse('kernel.not-found', 404);
      return success({ data: await lineService(strapi).friendsOf(customer.id) });
    },
  ),

  unlinkCustomer: action(
    z.object({ params: z.object({ id: z.string() }) }),
    async ({ strapi, input }) => {
      const customer = await customerOfUrl(strapi, input.params.id);
      if (!customer) return refuse('kernel.not-found', 404);
      const unlinked = await inTransaction(strapi, (unit) =>
        lineService(strapi).unlink(unit, customer.id, 'admin'),
      );
      return success({ data: { unlinked } });
    },
  ),
});
