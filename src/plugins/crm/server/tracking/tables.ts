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
];
