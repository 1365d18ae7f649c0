import { z } from 'zod';

import {
  MAX_BATCH_BYTES,
  MAX_CALL_BYTES,
  trackingBatchSchema,
  trackingCallSchema,
  type TrackingCall,
} from '../../shared/tracking';
import { action, controller, parseInput, success } from '../kernel';
import { jsonBody, receive } from './receiving';
import { serveScript } from './script';

// The body may be text (a beacon), so each action reads it itself.
const anything = z.object({ body: z.unknown() });

const one = (type: TrackingCall['type']) =>
  action(anything, ({ strapi, ctx, input, locale }) =>
    receive(strapi, ctx, () => {
      const body = jsonBody(input.body, MAX_CALL_BYTES);
      if (!body.ok) return body;
      const typed = typeof body.value === 'object' ? { ...body.value, type } : body.value;
      const parsed = parseInput(trackingCallSchema, typed, locale);
      return parsed.ok ? success({ calls: [parsed.value] }) : parsed;
    }),
  );

export const trackingController = controller({
  track: one('track'),
  page: one('page'),
  identify: one('identify'),

  batch: action(anything, ({ strapi, ctx, input, locale }) =>
    receive(strapi, ctx, () => {
      const body = jsonBody(input.body, MAX_BATCH_BYTES);
      if (!body.ok) return body;
      const parsed = parseInput(trackingBatchSchema, body.value, locale);
      if (!parsed.ok) return parsed;
      return success({ calls: parsed.value.batch, sentAt: parsed.value.sentAt });
    }),
  ),

  script: action(z.object({}), async ({ strapi, ctx }) => {
    serveScript(strapi, ctx);
    return success(undefined);
  }),
});
