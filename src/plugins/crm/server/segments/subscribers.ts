/** A change of a person is in their segments before the call that made it returns. */
import { ordersPlaced, productsChanged, subscriptionsChanged } from '../commerce';
import { consentChanged } from '../consent';
import { customerChanged, customerCreated } from '../customers';
import { subscribe, subscribeTogether } from '../kernel';
import { eventsTracked } from '../tracking';
import { EVERYTHING, refreshPeople, refreshReading } from './refresh';

export const segmentSubscribers = [
  subscribe(customerCreated, 'segments.customer-created', 'inline', ({ strapi }, event) =>
    refreshPeople(strapi, event.customerIds, [EVERYTHING]),
  ),
  subscribe(customerChanged, 'segments.customer-changed', 'inline', ({ strapi }, event) =>
    refreshPeople(
      strapi,
      event.customerIds,
      event.fields.flatMap((field) => [field, `customer.${field}`]),
    ),
  ),
  subscribe(consentChanged, 'segments.consent-changed', 'inline', ({ strapi }, event) =>
    refreshPeople(strapi, event.customerIds, ['consent']),
  ),
  subscribe(ordersPlaced, 'segments.orders-placed', 'inline', ({ strapi }, event) =>
    refreshPeople(strapi, event.customerIds, ['orders']),
  ),
  subscribe(subscriptionsChanged, 'segments.subscriptions-changed', 'inline', ({ strapi }, event) =>
    refreshPeople(strapi, event.customerIds, ['subscriptions']),
  ),
  // Whoever has ever bought one of them: too many to have the shop wait, and to do for each product.
  subscribeTogether(productsChanged, 'segments.products-changed', ({ strapi }) =>
    refreshReading(strapi, ['products']),
  ),
  subscribe(eventsTracked, 'segments.events-tracked', 'inline', ({ strapi }, event) =>
    refreshPeople(strapi, event.customerIds, ['events']),
  ),
];
