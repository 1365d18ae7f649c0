/** What people did on the site. Machines do not count. */
import type { Knex } from 'knex';

import type { Database } from '../../kernel';
import { defineCondition, type SegmentCondition } from '../condition';
import { propertyNumber, propertyText } from '../store/event-properties';
import { during, inPeriod, whereFactMoment, whereFacts, whereFigure } from './facts';
import { fieldLabel } from './labels';
import { eventOptions } from './options';

const EVENT_CUSTOMER = 'crm_events.customer_id';
const OCCURRED_AT = 'crm_events.occurred_at';

/** Word for word as the partial index `crm_events_name` says it: parameters would not match it. */
const counted = (table: string): string =>
  `${table}.type in ('track', 'page', 'screen') and not ${table}.is_bot`;

const events = (db: Database, name: string): Knex.QueryBuilder =>
  db('crm_events').whereRaw(counted('crm_events')).where('crm_events.name', name);

const described = (field: string) => ({
  field,
  group: 'behaviour',
  label: fieldLabel(field),
  reads: ['events'],
  options: eventOptions,
});

interface Wanted {
  readonly property: string | null;
  readonly is: string | null;
}

function withProperty(facts: Knex.QueryBuilder, db: Database, { property, is }: Wanted): void {
  if (property === null) return;
  const text = propertyText(db, 'crm_events', property);
  if (is === null) facts.whereRaw(db.raw('? is not null', [text]));
  else facts.whereRaw(db.raw('? = ?', [text, is]));
}

const event = defineCondition<'event'>({
  ...described('behaviour.event'),
  valueType: 'event',
  where: (query, { operator, value, ...context }) => {
    const facts = events(context.db, value.name);
    during(facts, OCCURRED_AT, inPeriod(value.within, context));
    withProperty(facts, context.db, value);
    const having = value.times > 1 ? { sql: 'count(*) >= ?', bindings: [value.times] } : undefined;
    whereFacts(
      query,
      { facts, customerColumn: EVENT_CUSTOMER, having, selective: true },
      context,
      operator === 'didNot',
    );
  },
});

const moment = (field: string, which: 'first' | 'last'): SegmentCondition =>
  defineCondition<'eventMoment'>({
    ...described(field),
    valueType: 'eventMoment',
    where: (query, { db, now, timeZone, scope, ...use }) => {
      const context = { db, now, timeZone, scope };
      const about = {
        facts: () => events(db, use.value.name),
        customerColumn: EVENT_CUSTOMER,
        atColumn: OCCURRED_AT,
        selective: true,
      };
      if (use.operator === 'withinLast' || use.operator === 'notWithinLast') {
        const { operator, value } = use;
        whereFactMoment(query, about, which, { operator, value: value.within, ...context });
      } else {
        const { operator, value } = use;
        whereFactMoment(query, about, which, { operator, value: value.day, ...context });
      }
    },
  });

const sum = defineCondition<'eventSum'>({
  ...described('behaviour.sum'),
  valueType: 'eventSum',
  where: (query, { operator, value, ...context }) => {
    const { db } = context;
    const amount = propertyNumber(db, 'crm_events', value.property);
    const facts = events(db, value.name).whereRaw(db.raw('? is not null', [amount]));
    during(facts, OCCURRED_AT, inPeriod(value.within, context));
    whereFigure(
      query,
      { facts, customerColumn: EVENT_CUSTOMER },
      { aggregate: db.raw('sum(?)', [amount]), comparator: operator, amount: value.amount },
      context,
    );
  },
});

const HOUR_MS = 3_600_000;

/** What came of an event: another one of the same person, and of the same cart where a key says so. */
const sequence = defineCondition<'sequence'>({
  ...described('behaviour.sequence'),
  valueType: 'sequence',
  where: (query, { operator, value, ...context }) => {
    const { db, now } = context;
    const wait = value.hours * HOUR_MS;
    const facts = events(db, value.name);
    during(facts, OCCURRED_AT, inPeriod(value.within, context));
    const then = db('crm_events as later')
      .select(db.raw('1'))
      .whereRaw(counted('later'))
      .where('later.name', value.then)
      .whereRaw('later.customer_id = crm_events.customer_id and later.id <> crm_events.id')
      .whereRaw('later.occurred_at >= crm_events.occurred_at');
    if (operator !== 'withoutSince') {
      then.whereRaw('later.occurred_at <= crm_events.occurred_at + ?', [wait]);
    }
    if (value.key !== null) {
      const key = propertyText(db, 'crm_events', value.key);
      facts.whereRaw(db.raw('? is not null', [key]));
      then.whereRaw(db.raw('? = ?', [propertyText(db, 'later', value.key), key]));
    }
    if (operator === 'followed') facts.whereExists(then);
    else facts.where(OCCURRED_AT, '<=', now.getTime() - wait).whereNotExists(then);
    whereFacts(query, { facts, customerColumn: EVENT_CUSTOMER, selective: true }, context);
  },
});

export const behaviourConditions: readonly SegmentCondition[] = [
  event,
  moment('behaviour.first', 'first'),
  moment('behaviour.last', 'last'),
  sum,
  sequence,
];
