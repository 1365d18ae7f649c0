import type { Migration } from '../kernel';

/**
 * Append-only and narrow: two secondary indexes beside the unique message id, because on SQLite
 * every index costs more than the row itself.
 */
export const trackingMigrations: readonly Migration[] = [
  {
    id: 'tracking/0001-events',
    async up({ trx }) {
      await trx.schema.createTable('crm_events', (table) => {
        table.bigIncrements('id');
        table.string('message_id', 100).notNullable().unique({ indexName: 'crm_events_message' });
        table.string('type', 16).notNullable();
        table.string('name', 200).notNullable();
        table.integer('customer_id');
        table.string('visitor_id', 64);
        table.bigInteger('occurred_at').notNullable();
        table.bigInteger('received_at').notNullable();
        table.text('properties').notNullable();
        table.boolean('is_bot').notNullable();
        table.index(['customer_id', 'occurred_at'], 'crm_events_customer');
        table.index(['visitor_id', 'occurred_at'], 'crm_events_visitor');
      });
    },
  },
  {
    // "Who did X in the last 30 days" over everybody: answered from the index alone. Partial, so
    // that the events of unknown visitors and machines, most of a log, cost it nothing.
    id: 'tracking/0010-events-by-name',
    async up({ trx }) {
      await trx.raw(`create index crm_events_name on crm_events (name, occurred_at, customer_id)
        where not is_bot and customer_id is not null and type in ('track', 'page', 'screen')`);
    },
  },
];
