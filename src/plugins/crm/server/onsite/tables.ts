import type { Migration } from '../kernel';

/** What became of messages: `unit` only where its owner may be recognised. */
export const onsiteMigrations: readonly Migration[] = [
  {
    id: 'onsite/0001-events',
    async up({ trx }) {
      await trx.schema.createTable('crm_onsite_events', (table) => {
        table.bigIncrements('id');
        table.string('message', 64).notNullable();
        table.string('type', 8).notNullable();
        table.string('unit', 80);
        table.bigInteger('at').notNullable();
        table.index(['message', 'type'], 'crm_onsite_events_message');
        table.index(['unit', 'message', 'at'], 'crm_onsite_events_unit');
      });
    },
  },
  {
    // What is too old to count for anybody's caps: only how often, see `retention.ts`.
    id: 'onsite/0002-totals',
    async up({ trx }) {
      await trx.schema.createTable('crm_onsite_totals', (table) => {
        table.string('message', 64).notNullable();
        table.string('type', 8).notNullable();
        table.bigInteger('total').notNullable();
        table.primary(['message', 'type']);
      });
      await trx.schema.alterTable('crm_onsite_events', (table) => {
        table.index(['at'], 'crm_onsite_events_at');
      });
    },
  },
];
