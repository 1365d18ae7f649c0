import { z } from 'zod';

import { sendingRulesSchema } from '../../shared/sending-rules';
import { action, controller, success } from '../kernel';

import { saveSendingRules, sendingRules } from './rules';
import { senderDomain } from './sender-domain/service';

export const sendingRulesController = controller({
  show: action(z.object({}), async ({ strapi }) => success({ data: await sendingRules(strapi) })),

  domain: action(z.object({}), async ({ strapi }) => {
    const found = await senderDomain(strapi);
    return found.ok ? success({ data: found.value }) : found;
  }),

  save: action(z.object({ body: sendingRulesSchema }), async ({ strapi, input }) =>
    success({ data: await saveSendingRules(strapi, input.body) }),
  ),
});
