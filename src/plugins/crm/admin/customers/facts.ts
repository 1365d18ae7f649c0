/** What other features tell of a person, as far as this screen shows it. */
import { z } from 'zod';

import { consentStateSchema, type ConsentState } from '../../shared/consent';
import { orderTotalsSchema } from '../../shared/commerce';
import type { CustomerListItem } from '../../shared/customers';
import type { PersonReach } from '../ui';

const factsSchema = z.object({
  consents: z.array(consentStateSchema).nullish().catch(null),
  orders: orderTotalsSchema.nullish().catch(null),
  line: z.object({ status: z.string() }).nullish().catch(null),
  segments: z
    .array(z.object({ documentId: z.string(), name: z.string() }))
    .nullish()
    .catch(null),
});
export type Facts = z.infer<typeof factsSchema>;

export const factsOf = (customer: CustomerListItem): Facts => factsSchema.parse(customer.facts);

const granted = (states: readonly ConsentState[] | null | undefined, channel: string): boolean =>
  states?.some((state) => state.channel === channel && state.granted) ?? false;

/** The channels a person has an address on, and whether she may be written to there. */
export function reachOf(customer: CustomerListItem): PersonReach[] {
  const { consents, line } = factsOf(customer);
  const reach: PersonReach[] = [];
  if (customer.email) reach.push({ channel: 'email', allowed: granted(consents, 'email') });
  if (line) {
    const follows = line.status === 'following';
    reach.push({ channel: 'line', allowed: follows && granted(consents, 'line') });
  }
  if (customer.postalCode && customer.street) {
    reach.push({ channel: 'postal', allowed: granted(consents, 'postal') });
  }
  return reach;
}

/** What is left of a person whose data went at her wish: the stage says so. */
export const isErased = ({ lifecycleStage }: Pick<CustomerListItem, 'lifecycleStage'>): boolean =>
  lifecycleStage === 'erased';

/** What stands for a person without a name. */
export const fallbackName = (customer: CustomerListItem): string | null =>
  customer.company ?? customer.email ?? customer.customerNumber;
