import { z } from 'zod';

import { blockSchema, forgetSchema, inviteSchema, logOutSchema } from '../../../shared/members';
import { customerOfUrl } from '../../customers';
import { action, controller, refuse, success } from '../../kernel';
import { adminActor } from '../actor';
import { block, customerAccount, logOut } from './account';
import { forgetCustomer } from './forgetting';
import { invite } from './invitation';

const ofCustomer = z.object({ params: z.object({ id: z.string() }) });

export const staffController = controller({
  show: action(ofCustomer, async ({ strapi, input }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return refuse('kernel.not-found', 404);
    return success({ data: await customerAccount(strapi, customer) });
  }),

  invite: action(
    ofCustomer.extend({ body: inviteSchema }),
    async ({ strapi, ctx, input, locale }) => {
      const customer = await customerOfUrl(strapi, input.params.id);
      if (!customer) return refuse('kernel.not-found', 404);
      const done = await invite(strapi, customer.id, input.body, adminActor(ctx, locale));
      return done.ok ? success({ data: done.value }) : done;
    },
  ),

  forget: action(
    ofCustomer.extend({ body: forgetSchema }),
    async ({ strapi, ctx, input, locale }) => {
      const customer = await customerOfUrl(strapi, input.params.id);
      if (!customer) return refuse('kernel.not-found', 404);
      const actor = adminActor(ctx, locale);
      const done = await forgetCustomer(strapi, customer, input.body.word, actor);
      return done.ok ? success({ data: done.value }) : done;
    },
  ),

  logOut: action(ofCustomer.extend({ body: logOutSchema }), async ({ strapi, input }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return refuse('kernel.not-found', 404);
    const done = await logOut(strapi, customer.id, input.body.session);
    return done.ok ? success({ data: done.value }) : done;
  }),

  block: action(ofCustomer.extend({ body: blockSchema }), async ({ strapi, input }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return refuse('kernel.not-found', 404);
    const done = await block(strapi, customer.id, input.body.blocked);
    return done.ok ? success({ data: done.value }) : done;
  }),
});
