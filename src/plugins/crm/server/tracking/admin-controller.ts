import { z } from 'zod';

import {
  audienceQuerySchema,
  eventNamesQuerySchema,
  retentionSchema,
  writeKeyInputSchema,
} from '../../shared/tracking';
import { action, controller, success } from '../kernel';
import { makeKey, replaceKey, revokeKey, writeKeys } from './keys/service';
import { audienceSize, eventNames, overview } from './reports';
import { oldestReceived, retentionOf, setRetention } from './retention/service';

const keySchema = z.object({ params: z.object({ id: z.coerce.number().int().positive() }) });

export const trackingAdminController = controller({
  overview: action(z.object({}), async ({ strapi }) => success({ data: await overview(strapi) })),

  names: action(z.object({ query: eventNamesQuerySchema }), async ({ strapi, input }) =>
    success({ data: await eventNames(strapi, input.query.days) }),
  ),

  audience: action(z.object({ query: audienceQuerySchema }), async ({ strapi, input }) =>
    success({ data: await audienceSize(strapi, input.query) }),
  ),

  keys: action(z.object({}), async ({ strapi }) => success({ data: await writeKeys(strapi) })),

  makeKey: action(z.object({ body: writeKeyInputSchema }), async ({ strapi, ctx, input }) => {
    ctx.set('Cache-Control', 'no-store');
    return success({ data: await makeKey(strapi, input.body) });
  }),

  replaceKey: action(keySchema, async ({ strapi, ctx, input }) => {
    ctx.set('Cache-Control', 'no-store');
    const made = await replaceKey(strapi, input.params.id);
    return made.ok ? success({ data: made.value }) : made;
  }),

  revokeKey: action(keySchema, async ({ strapi, input }) => {
    const ended = await revokeKey(strapi, input.params.id);
    return ended.ok ? success({ data: { ended: true } }) : ended;
  }),

  retention: action(z.object({}), async ({ strapi }) => {
    const oldestAt = await oldestReceived(strapi);
    return success({ data: { ...(await retentionOf(strapi)), oldestAt } });
  }),

  setRetention: action(z.object({ body: retentionSchema }), async ({ strapi, input }) => {
    await setRetention(strapi, input.body);
    const oldestAt = await oldestReceived(strapi);
    return success({ data: { ...input.body, oldestAt } });
  }),
});
