/** On the record: whether what she opens and clicks is noted. */
import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { trackingWishSchema } from '../../shared/topics';
import { customerOfUrl } from '../customers';
import { action, controller, refuse, success } from '../kernel';

import { isUntracked, refuseTracking } from './preferences';

const one = z.object({ params: z.object({ id: z.string() }) });

const shown = async (strapi: Core.Strapi, customerId: number) =>
  success({ data: { isUntracked: await isUntracked(strapi, customerId) } });

const notFound = () => refuse('delivery.customer-not-found', 404);

export const trackingWishController = controller({
  show: action(one, async ({ strapi, input }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    return customer ? shown(strapi, customer.id) : notFound();
  }),

  save: action(one.extend({ body: trackingWishSchema }), async ({ strapi, input }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return notFound();
    await refuseTracking(strapi, customer.id, input.body.isUntracked);
    return shown(strapi, customer.id);
  }),
});
