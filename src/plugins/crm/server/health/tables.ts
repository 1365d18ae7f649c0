import type { Migration } from '../kernel';

export const healthMigrations: readonly Migration[] = [
  {
    id: 'health/0001-incidents',
    async up({ trx }) {
      await trx.schema.createTable('crm_health_incidents', (table) => {
        table.increments('id');
        // The key while it is open, null afterwards: however many nodes see it, it begins once.
        table.string('open_key').unique();
        table.string('key').notNullable();
        table.string('text').notNullable();
        table.text('params').notNullable();
        table.bigInteger('opened_at').notNullable();
        table.bigInteger('calm_since');
        table.bigInteger('closed_at');
        table.index(['opened_at'], 'crm_health_incidents_opened');
      });
      await trx.schema.createTable('crm_health_settings', (table) => {
        table.integer('id').primary();
        table.text('settings').notNullable();
        table.bigInteger('updated_at').notNullable();
      });
    },
  },
];
