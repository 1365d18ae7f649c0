import { z } from 'zod';

import { action, controller } from '../../kernel';
import { receiveWebhook } from '../webhook/receive';

/** Where Strapi's body parser leaves the bytes as they came. */
const UNPARSED = Symbol.for('unparsedBody');

function rawBodyOf(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || body === null || !(UNPARSED in body)) return undefined;
  const raw: unknown = body[UNPARSED];
  return typeof raw === 'string' ? raw : undefined;
}

export const webhookController = controller({
  receive: action(
    z.object({ params: z.object({ account: z.string().max(100) }) }),
    ({ strapi, ctx, input }) => {
      const { body } = ctx.request as { body?: unknown };
      return receiveWebhook(strapi, {
        account: input.params.account,
        rawBody: rawBodyOf(body),
        body,
        signature: ctx.get('x-line-signature'),
      });
    },
  ),
});
