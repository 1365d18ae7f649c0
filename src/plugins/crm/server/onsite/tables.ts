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
];
