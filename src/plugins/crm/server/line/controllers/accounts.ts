import { z } from 'zod';

import { customerOfUrl } from '../../customers';
import { action, controller, inTransaction, refuse, success } from '../../kernel';
import { lineService } from '..';
import { lineAccount } from '../client';

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
      const friends = await lineService(strapi).friendsOf(customer.id);
      return success({
        data: friends.map((friend) => ({
          ...friend,
          accountName: lineAccount(strapi, friend.account)?.name ?? friend.account,
        })),
      });
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
