import type { Migration } from '../kernel';

/**
 * Append-only and narrow: two secondary indexes beside the unique message id, because on SQLite
 * every index costs more than the row itself. Whatever else is asked of the log is answered from
 * roll-ups (`0004`).
 */
export const trackingMigrations: readonly Migration[] = [
  {
    id: 'tracking/0001-events',
    async up({ trx }) {
      await trx.schema.createTable('crm_events', (table) => {
        table.bigIncrements('id');
        // What a browser sent begins with `web:`, so that no page can take a server's id first.
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
    // Whose browser a visitor id is. No row: nobody's yet.
    id: 'tracking/0002-visitors',
    async up({ trx }) {
      await trx.schema.createTable('crm_visitors', (table) => {
        table.increments('id');
        table.string('visitor_id', 64).notNullable().unique({ indexName: 'crm_visitors_visitor' });
        // Null: two people were seen in it, so what happens there is nobody's.
        table.integer('customer_id');
        table.string('how', 16).notNullable();
        // The message whose link was opened in it.
        table.string('proof', 40);
        // A link holds for one visit: until then what happens here counts as hers without a login.
        table.bigInteger('holds_until');
        table.bigInteger('linked_at').notNullable();
        table.index(['customer_id'], 'crm_visitors_customer');
      });
      // Browsers in which one person had logged in before this table was there.
      await trx.raw(`insert into crm_visitors (visitor_id, customer_id, how, linked_at)
        select visitor_id, min(customer_id), 'login', max(received_at) from crm_events
        where visitor_id is not null and customer_id is not null
        group by visitor_id having min(customer_id) = max(customer_id)`);
    },
  },
  {
    id: 'tracking/0003-write-keys',
    async up({ trx }) {
      await trx.schema.createTable('crm_write_keys', (table) => {
        table.increments('id');
        table.string('name', 60).notNullable();
        table.string('hash', 64).notNullable().unique({ indexName: 'crm_write_keys_hash' });
        // The last four characters, to tell one from another.
        table.string('hint', 8).notNullable();
        table.bigInteger('created_at').notNullable();
        table.bigInteger('last_used_at');
        // A key that was replaced works on until then.
        table.bigInteger('ends_at');
      });
    },
  },
  {
    // What is left of events that were kept long enough: how often what happened on which day.
    id: 'tracking/0004-event-days',
    async up({ trx }) {
      await trx.schema.createTable('crm_event_days', (table) => {
        // A calendar day of the site: `2026-11-22`.
        table.string('day', 10).notNullable();
        table.string('type', 16).notNullable();
        table.string('name', 200).notNullable();
        table.boolean('is_bot').notNullable();
        table.bigInteger('events').notNullable();
        table.primary(['day', 'type', 'name', 'is_bot']);
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
  {
    // What a key opens. Keys for events may end up in pages; none of them may write orders.
    id: 'tracking/0011-key-scopes',
    async up({ trx }) {
      await trx.schema.alterTable('crm_write_keys', (table) => {
        table.string('scope', 16).notNullable().defaultTo('events');
      });
    },
  },
];
