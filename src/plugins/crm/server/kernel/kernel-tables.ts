import type { Migration } from './tables';

export const kernelMigrations: readonly Migration[] = [
  {
    id: 'kernel/0001-domain-events',
    async up({ trx }) {
      await trx.schema.createTable('crm_domain_events', (table) => {
        table.increments('id');
        table.string('type').notNullable();
        table.text('payload').notNullable();
        table.bigInteger('occurred_at').notNullable();
      });
      await trx.schema.createTable('crm_domain_event_deliveries', (table) => {
        table.increments('id');
        table.integer('event_id').notNullable();
        table.string('subscriber').notNullable();
        table.string('status').notNullable();
        table.integer('attempts').notNullable();
        table.bigInteger('due_at').notNullable();
        table.text('last_error');
        table.unique(['event_id', 'subscriber']);
        table.index(['status', 'due_at', 'id'], 'crm_event_deliveries_due');
      });
    },
  },
  {
    id: 'kernel/0002-schedule-runs',
    async up({ trx }) {
      await trx.schema.createTable('crm_schedule_runs', (table) => {
        table.string('name').notNullable();
        table.bigInteger('slot').notNullable();
        table.primary(['name', 'slot']);
      });
    },
  },
  {
    id: 'kernel/0003-rate-limits',
    async up({ trx }) {
      await trx.schema.createTable('crm_rate_limits', (table) => {
        table.string('key').notNullable();
        table.bigInteger('window').notNullable();
        table.integer('hits').notNullable();
        table.primary(['key', 'window']);
      });
    },
  },
  {
    // Every address that ever came had its row for ever: now a row knows when it is over.
    id: 'kernel/0004-rate-limits-expiry',
    async up({ trx }) {
      await trx.schema.alterTable('crm_rate_limits', (table) => {
        table.bigInteger('expires_at').notNullable().defaultTo(0);
        table.index(['expires_at'], 'crm_rate_limits_expiry');
      });
    },
  },
  {
    id: 'kernel/0005-nodes',
    async up({ trx }) {
      await trx.schema.createTable('crm_nodes', (table) => {
        table.string('id', 64).primary();
        table.string('name').notNullable();
        table.boolean('works').notNullable();
        table.bigInteger('started_at').notNullable();
        table.bigInteger('seen_at').notNullable();
      });
    },
  },
  {
    id: 'kernel/0006-rate-places',
    async up({ trx }) {
      await trx.schema.createTable('crm_rate_places', (table) => {
        table.string('id').primary();
        table.string('name').notNullable();
        table.integer('places').notNullable();
        table.bigInteger('until').notNullable();
        // Counting a window, and clearing away what is over.
        table.index(['name', 'until'], 'crm_rate_places_name');
      });
    },
  },
];
