import { customerChanged, customersMerged } from '../customers';
import { clock, database, subscribe, type EventContext } from '../kernel';
import { segmentEntered, segmentLeft, segmentsService } from '../segments';
import { lineFriendChanged, lineGaveWay, lineLinked, lineUnlinked } from '.';
import { giveWayTask } from './linking/give-way';
import { markMenus } from './store';

/** How a person stands with LINE is in their segments before the call that changed it returns. */
const segmentSubscribers = [lineFriendChanged, lineLinked, lineUnlinked, lineGaveWay].map((event) =>
  subscribe(event, `line.segments-after-${event.type}`, 'inline', ({ strapi }, { customerId }) =>
    segmentsService(strapi).refreshForCustomers([customerId], ['line']),
  ),
);

const mark = ({ strapi }: EventContext, customerIds: readonly number[]): Promise<void> =>
  markMenus(database(strapi), customerIds, clock(strapi).now().getTime());

/** Another tier or segment may be another rich menu; the schedule looks at who is marked. */
const menuSubscribers = [
  subscribe(customerChanged, 'line.menus-after-tier', 'inline', async (context, event) => {
    if (event.fields.includes('tier')) await mark(context, event.customerIds);
  }),
  subscribe(segmentEntered, 'line.menus-after-entry', 'inline', (context, { customerIds }) =>
    mark(context, customerIds),
  ),
  subscribe(segmentLeft, 'line.menus-after-exit', 'inline', (context, { customerIds }) =>
    mark(context, customerIds),
  ),
  subscribe(customersMerged, 'line.menus-after-merge', 'inline', (context, { into }) =>
    mark(context, [into]),
  ),
];

export const lineSubscribers = [...segmentSubscribers, ...menuSubscribers, giveWayTask];
