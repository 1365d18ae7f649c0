import { z } from 'zod';

import { sendingRulesSchema } from '../../shared/sending-rules';
import { action, controller, success } from '../kernel';

import { saveSendingRules, sendingRules } from './rules';

export const sendingRulesController = controller({
  show: action(z.object({}), async ({ strapi }) => success({ data: await sendingRules(strapi) })),

  save: action(z.object({ body: sendingRulesSchema }), async ({ strapi, input }) =>
    success({ data: await saveSendingRules(strapi, input.body) }),
  ),
});
