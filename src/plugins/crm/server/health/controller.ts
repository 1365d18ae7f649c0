import { z } from 'zod';

import { healthSettingsSchema } from '../../shared/health';
import { action, constantTimeEqual, controller, crmConfig, refuse, success } from '../kernel';

import { healthService } from '.';

const BEARER = /^Bearer (.+)$/i;

export const healthController = controller({
  show: action(z.object({}), async ({ strapi, locale }) =>
    success({ data: await healthService(strapi).page(locale) }),
  ),

  settings: action(z.object({}), async ({ strapi }) =>
    success({ data: await healthService(strapi).settings() }),
  ),

  saveSettings: action(z.object({ body: healthSettingsSchema }), async ({ strapi, input }) =>
    success({ data: await healthService(strapi).saveSettings(input.body) }),
  ),

  testAlert: action(z.object({}), async ({ strapi }) => {
    const sent = await healthService(strapi).testAlert();
    return sent.ok ? success({ data: { sent: sent.value } }) : sent;
  }),

  forgetNode: action(
    z.object({ params: z.object({ id: z.string().max(64) }) }),
    async ({ strapi, input }) => {
      const forgotten = await healthService(strapi).forgetNode(input.params.id);
      return forgotten.ok ? success({ data: { done: true } }) : forgotten;
    },
  ),

  /** For a monitor: 200 while nothing is red, 503 otherwise. Closed without a token of its own. */
  signal: action(z.object({}), async ({ strapi, ctx }) => {
    const { token } = crmConfig(strapi).health;
    const given = BEARER.exec(ctx.get('authorization'))?.[1] ?? '';
    if (!token || !constantTimeEqual(given, token)) return refuse('health.no-entry', 404);
    const signal = await healthService(strapi).signal();
    ctx.set('cache-control', 'no-store');
    ctx.status = signal.status === 'red' ? 503 : 200;
    return success(signal);
  }),
});
