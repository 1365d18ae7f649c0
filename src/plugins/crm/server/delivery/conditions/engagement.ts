/** Segments of people who were sent something, opened it or clicked in it. Machines do not count. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { translate, type Database, type Locale } from '../../kernel';
import {
  defineCondition,
  during,
  inPeriod,
  whereFacts,
  type SegmentCondition,
} from '../../segments';

import { campaignNames } from '../store/campaigns';

interface Happening {
  readonly field: 'delivery.received' | 'delivery.opened' | 'delivery.clicked';
  readonly reads: string;
  readonly table: string;
  readonly at: string;
  facts(db: Database): Knex.QueryBuilder;
}

const events = (type: 'open' | 'click') => (db: Database) =>
  db('crm_message_events')
    .where('crm_message_events.type', type)
    .where('crm_message_events.is_machine', false);

const EVENTS = { table: 'crm_message_events', at: 'crm_message_events.at', reads: 'engagement' };

const happenings: readonly Happening[] = [
  {
    field: 'delivery.received',
    reads: 'messages',
    table: 'crm_messages',
    at: 'crm_messages.sent_at',
    facts: (db) => db('crm_messages').where('crm_messages.status', 'accepted'),
  },
  { field: 'delivery.opened', ...EVENTS, facts: events('open') },
  { field: 'delivery.clicked', ...EVENTS, facts: events('click') },
];

const options = async (strapi: Core.Strapi, _locale: Locale) =>
  (await campaignNames(strapi)).map(({ documentId, name }) => ({
    value: documentId,
    label: name,
  }));

const condition = ({ field, reads, table, at, facts }: Happening): SegmentCondition =>
  defineCondition<'happening'>({
    field,
    group: 'delivery',
    valueType: 'happening',
    label: (strapi, locale) => translate(strapi, locale, `delivery.condition.${field}`),
    reads: [reads],
    options,
    where: (query, { operator, value, ...context }) => {
      const { db } = context;
      const happened = during(facts(db), at, inPeriod(value.within, context));
      // Messages of no campaign are answers to what people did themselves: a login, an order.
      happened.whereNotNull(`${table}.campaign_id`);
      if (value.option !== null) {
        const campaign = db('crm_campaigns')
          .select('crm_campaigns.id')
          .where('crm_campaigns.document_id', value.option);
        happened.whereIn(`${table}.campaign_id`, campaign);
      }
      const having =
        value.times > 1 ? { sql: 'count(*) >= ?', bindings: [value.times] } : undefined;
      whereFacts(
        query,
        { facts: happened, customerColumn: `${table}.customer_id`, having, selective: true },
        context,
        operator === 'didNot',
      );
    },
  });

export const engagementConditions: readonly SegmentCondition[] = happenings.map(condition);
