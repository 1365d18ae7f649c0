import { z } from 'zod';

import { consentChangeSchema, consentRecordQuerySchema } from '../../shared/consent';
import { customerOfUrl, staffOf } from '../customers';
import { action, controller, inTransaction, refuse, success } from '../kernel';
import { consentService } from './index';
import { printRecord } from './record/print';

const params = z.object({ id: z.string() });

const notFound = () => refuse('customers.not-found', 404);

const ofCustomer = action(z.object({ params }), async ({ strapi, input, locale }) => {
  const customer = await customerOfUrl(strapi, input.params.id);
  if (!customer) return notFound();
  const consent = consentService(strapi);
  const [states, history] = await Promise.all([
    consent.states(customer.id),
    consent.history(customer.id, locale),
  ]);
  return success({ data: { states, history } });
});

const staffSchema = z.object({ id: z.number(), email: z.string() });

/** Staff record what the person asked for; who did it is kept as proof. */
const change = action(
  z.object({ params, body: consentChangeSchema }),
  async ({ strapi, ctx, input, locale }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return notFound();
    const { channel, granted, note } = input.body;
    const staff = staffSchema.safeParse(ctx.state.user);
    const consent = consentService(strapi);
    await inTransaction(strapi, (unit) =>
      consent.record(unit, {
        customerId: customer.id,
        purpose: 'marketing',
        channel,
        granted,
        source: 'admin',
        proof: { staff: staff.success ? staff.data.email : null, note: note ?? null },
      }),
    );
    const [states, history] = await Promise.all([
      consent.states(customer.id),
      consent.history(customer.id, locale),
    ]);
    return success({ data: { states, history } });
  },
);

/** POST, because it leaves a trace: who had whose record made. */
const print = action(
  z.object({ params, body: consentRecordQuerySchema }),
  async ({ strapi, ctx, input }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return notFound();
    const staffId = staffOf(ctx);
    const html = await printRecord(strapi, { customer, staffId, locale: input.body.language });
    return success({ data: { html } });
  },
);

export const consentsController = controller({ ofCustomer, change, print });
