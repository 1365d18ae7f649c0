import { z } from 'zod';

import {
  endInputSchema,
  externalChangeSchema,
  externalGrantSchema,
  grantInputSchema,
  pauseInputSchema,
  planInputSchema,
  planKeySchema,
  type Membership,
} from '../../../shared/plans';
import { customerOfUrl } from '../../customers';
import { action, controller, refuse, success, type ActionRequest, type Result } from '../../kernel';
import { adminActor, tokenActor } from '../actor';
import { plansService, type Actor, type MembershipKey } from '../index';
import { isForgotten } from '../staff/forgetting';
import { addPlan, allPlans, plansWithHolders, removePlan, renamePlan } from './editing';

const ofCustomer = z.object({ params: z.object({ id: z.string() }) });
const oneHolding = z.object({
  params: z.object({ id: z.string(), membership: z.string().regex(/^\d{1,9}$/) }),
});

const answer = (done: Result<Membership>) => (done.ok ? success({ data: done.value }) : done);

interface HoldingRequest {
  readonly params: z.output<typeof oneHolding>['params'];
}

/** A change of one holding of the customer in the URL, by the administrator who asks. */
async function changing(
  { strapi, ctx, locale, input }: ActionRequest<HoldingRequest>,
  run: (which: MembershipKey, actor: Actor) => Promise<Result<Membership>>,
) {
  const customer = await customerOfUrl(strapi, input.params.id);
  if (!customer) return refuse('kernel.not-found', 404);
  const which = { id: Number(input.params.membership), customerId: customer.id };
  return answer(await run(which, adminActor(ctx, locale)));
}

export const plansController = controller({
  list: action(z.unknown(), async ({ strapi }) =>
    success({ data: await plansWithHolders(strapi) }),
  ),

  create: action(z.object({ body: planInputSchema }), async ({ strapi, input, ctx }) => {
    const done = await addPlan(strapi, input.body);
    if (!done.ok) return done;
    ctx.status = 201;
    return success({ data: done.value });
  }),

  update: action(
    z.object({
      params: z.object({ key: planKeySchema }),
      body: planInputSchema.omit({ key: true }),
    }),
    async ({ strapi, input }) => {
      const done = await renamePlan(strapi, { ...input.body, key: input.params.key });
      return done.ok ? success({ data: done.value }) : done;
    },
  ),

  remove: action(
    z.object({ params: z.object({ key: planKeySchema }) }),
    async ({ strapi, input }) => {
      const done = await removePlan(strapi, input.params.key);
      return done.ok ? success({ data: { key: input.params.key } }) : done;
    },
  ),

  ofCustomer: action(ofCustomer, async ({ strapi, input, locale }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return refuse('kernel.not-found', 404);
    const plans = plansService(strapi);
    return success({
      data: {
        memberships: await plans.ofCustomer(customer.id, locale),
        history: await plans.history(customer.id, locale),
        plans: await allPlans(strapi),
      },
    });
  }),

  grant: action(
    ofCustomer.extend({ body: grantInputSchema }),
    async ({ strapi, ctx, input, locale }) => {
      const customer = await customerOfUrl(strapi, input.params.id);
      if (!customer) return refuse('kernel.not-found', 404);
      if (isForgotten(customer)) return refuse('members.already-forgotten', 409);
      const actor = adminActor(ctx, locale);
      return answer(await plansService(strapi).grant(customer.id, input.body, actor));
    },
  ),

  pause: action(oneHolding.extend({ body: pauseInputSchema }), (request) =>
    changing(request, (which, actor) =>
      plansService(request.strapi).pause(which, request.input.body.resumesAt, actor),
    ),
  ),

  resume: action(oneHolding, (request) =>
    changing(request, (which, actor) => plansService(request.strapi).resume(which, actor)),
  ),

  end: action(oneHolding.extend({ body: endInputSchema }), (request) =>
    changing(request, (which, actor) =>
      plansService(request.strapi).end(which, request.input.body.endsAt, actor),
    ),
  ),

  reopen: action(oneHolding, (request) =>
    changing(request, (which, actor) => plansService(request.strapi).reopen(which, actor)),
  ),

  /** Programs: a shop's subscription, a payment provider's webhook. */
  put: action(z.object({ body: externalGrantSchema }), async ({ strapi, ctx, input, locale }) => {
    const actor = tokenActor(ctx, locale);
    return actor.ok ? answer(await plansService(strapi).put(input.body, actor.value)) : actor;
  }),

  changeByReference: action(
    z.object({ body: externalChangeSchema }),
    async ({ strapi, ctx, input, locale }) => {
      const actor = tokenActor(ctx, locale);
      if (!actor.ok) return actor;
      return answer(await plansService(strapi).changeByReference(input.body, actor.value));
    },
  ),
});
