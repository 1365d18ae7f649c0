import { z } from 'zod';

import { setTierSchema, tierSettingsSchema } from '../../../shared/tiers';
import { customerOfUrl } from '../../customers';
import { action, controller, refuse, success } from '../../kernel';
import { adminActor } from '../actor';
import { setTierByHand, tierHistory } from './history';
import { standingOf } from './service';
import { previewTiers, saveTiers, tierRule, tierSettings } from './settings';

const settingsBody = z.object({ body: tierSettingsSchema });
const ofCustomer = z.object({ params: z.object({ id: z.string() }) });

export const tiersController = controller({
  show: action(z.unknown(), async ({ strapi }) => success({ data: await tierSettings(strapi) })),

  preview: action(settingsBody, async ({ strapi, input, locale }) => {
    const done = await previewTiers(strapi, input.body, locale);
    return done.ok ? success({ data: done.value }) : done;
  }),

  save: action(settingsBody, async ({ strapi, input, locale }) => {
    const done = await saveTiers(strapi, input.body, locale);
    return done.ok ? success({ data: await tierSettings(strapi) }) : done;
  }),

  ofCustomer: action(ofCustomer, async ({ strapi, input, locale }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return refuse('kernel.not-found', 404);
    const { rule, tiers } = await tierRule(strapi);
    const { figure } = await standingOf(strapi, customer, locale);
    const history = await tierHistory(strapi, customer.id);
    const { tier, tierLocked: locked } = customer;
    return success({ data: { tier, locked, rule, figure, tiers, history } });
  }),

  set: action(
    ofCustomer.extend({ body: setTierSchema }),
    async ({ strapi, ctx, input, locale }) => {
      const customer = await customerOfUrl(strapi, input.params.id);
      if (!customer) return refuse('kernel.not-found', 404);
      const done = await setTierByHand(strapi, customer.id, input.body, adminActor(ctx, locale));
      return done.ok ? success({ data: input.body }) : done;
    },
  ),
});
