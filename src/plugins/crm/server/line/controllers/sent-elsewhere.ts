import { z } from 'zod';

import { sentElsewhereSchema } from '../../../shared/line-sent';
import { action, controller, hitRateLimit, refuse } from '../../kernel';
import { logSentElsewhere, maySayWhatWasSent } from '../sent-elsewhere';

const TOLD = { name: 'line.sent', limit: 6_000, windowSeconds: 600 };

const keyOf = (header: string): string => /^Bearer (.+)$/.exec(header)?.[1] ?? '';

export const sentElsewhereController = controller({
  log: action(
    z.object({ params: z.object({ account: z.string().max(50) }), body: z.unknown() }),
    async ({ strapi, ctx, input }) => {
      const allowed = await hitRateLimit(strapi, TOLD, ctx.ip);
      if (!allowed.ok) return allowed;
      if (!maySayWhatWasSent(strapi, keyOf(ctx.get('authorization')))) {
        return refuse('line.sent-key', 401);
      }
      const body = sentElsewhereSchema.safeParse(input.body);
      if (!body.success) return refuse('line.sent-body', 400);
      return logSentElsewhere(strapi, input.params.account, body.data);
    },
  ),
});
