import type { Context } from 'koa';
import { z } from 'zod';

import { action, controller, refuse, success } from '../../kernel';

import type { WebhookRequest } from './provider';
import { receiveFeedback } from './receive';

/** Where Strapi's body parser leaves the text as it came. */
const UNPARSED = Symbol.for('unparsedBody');

/** SNS sends JSON as `text/plain`, which arrives as text; the others send JSON. */
function requestOf(ctx: Context): WebhookRequest | null {
  const { body } = ctx.request as { body?: unknown };
  const header = (name: string) => ctx.get(name);
  if (typeof body === 'string') {
    try {
      return { raw: body, json: JSON.parse(body) as unknown, header };
    } catch {
      return null;
    }
  }
  if (typeof body !== 'object' || body === null || !(UNPARSED in body)) return null;
  const raw: unknown = body[UNPARSED];
  return typeof raw === 'string' ? { raw, json: body, header } : null;
}

export const feedbackController = controller({
  receive: action(
    z.object({ params: z.object({ provider: z.string().max(30) }) }),
    async ({ strapi, ctx, input }) => {
      const request = requestOf(ctx);
      if (!request) return refuse('delivery.feedback-unreadable', 400);
      const received = await receiveFeedback(strapi, input.params.provider, request);
      return received.ok ? success({ data: received.value }) : received;
    },
  ),
});
