/** How a person stands with LINE is in their segments before the call that changed it returns. */
import { subscribe } from '../kernel';
import { segmentsService } from '../segments';
import { lineFriendChanged, lineLinked, lineUnlinked } from '.';

export const lineSubscribers = [lineFriendChanged, lineLinked, lineUnlinked].map((event) =>
  subscribe(event, `line.segments-after-${event.type}`, 'inline', ({ strapi }, { customerId }) =>
    segmentsService(strapi).refreshForCustomers([customerId], ['line']),
  ),
);
