/** What people did on the site. Machines do not count. */
import { defineCondition, type SegmentCondition } from '../condition';
import { lastPeriod } from '../domain/calendar';
import { whereFacts } from './facts';
import { fieldLabel } from './labels';

/** Word for word as the partial index `crm_events_name` says it: parameters would not match it. */
const COUNTED = "crm_events.type in ('track', 'page', 'screen') and not crm_events.is_bot";

const event = defineCondition<'event'>({
  field: 'behaviour.event',
  group: 'behaviour',
  valueType: 'event',
  label: fieldLabel('behaviour.event'),
  reads: ['events'],
  where: (query, { operator, value, ...context }) => {
    const facts = context.db('crm_events').whereRaw(COUNTED).where('crm_events.name', value.name);
    if (value.within) {
      const { from, until } = lastPeriod(value.within, context.now.getTime(), context.timeZone);
      facts.where('crm_events.occurred_at', '>=', from).where('crm_events.occurred_at', '<', until);
    }
    const having = value.times > 1 ? { sql: 'count(*) >= ?', bindings: [value.times] } : undefined;
    const customerColumn = 'crm_events.customer_id';
    whereFacts(
      query,
      { facts, customerColumn, having, selective: true },
      context,
      operator === 'didNot',
    );
  },
});

export const behaviourConditions: readonly SegmentCondition[] = [event];
