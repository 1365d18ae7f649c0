import { z } from 'zod';

import { returnedQuerySchema } from '../../../shared/mail-sending';
import { action, controller, hitRateLimit, success, type RateLimit } from '../../kernel';

import { returnedMails } from './returned';
import { checkServer, mailSending } from './service';

/** Each look opens a connection to somebody else's server. */
const checks: RateLimit = { name: 'delivery.server-check', limit: 20, windowSeconds: 60 };

export const mailSendingController = controller({
  show: action(z.object({}), async ({ strapi }) => success({ data: await mailSending(strapi) })),

  check: action(
    z.object({ params: z.object({ key: z.string().max(30) }) }),
    async ({ strapi, input }) => {
      const allowed = await hitRateLimit(strapi, checks, 'all');
      if (!allowed.ok) return allowed;
      const found = await checkServer(strapi, input.params.key);
      if (!found.ok) return found;
      const { reachable } = found.value;
      const problem = found.value.reachable ? null : found.value.problem;
      return success({ data: { reachable, problem } });
    },
  ),

  returned: action(z.object({ query: returnedQuerySchema }), async ({ strapi, input }) =>
    success(await returnedMails(strapi, input.query)),
  ),
});
