import type { Migration } from '../kernel';

export const analyticsMigrations: readonly Migration[] = [
  {
    // Pages before the orders of a day, counted before the events behind them go. The row with the
    // empty page is the day itself: its orders, and those before which any page was seen.
    id: 'analytics/0001-page-paths',
    async up({ trx }) {
      await trx.schema.createTable('crm_page_path_days', (table) => {
        table.string('day', 10).notNullable();
        table.string('page', 200).notNullable();
        table.integer('orders').notNullable();
        table.integer('views').notNullable();
        table.primary(['day', 'page']);
      });
    },
  },
  {
    id: 'analytics/0002-report-mail',
    async up({ trx }) {
      await trx.schema.createTable('crm_report_mail_settings', (table) => {
        table.integer('id').primary();
        table.text('settings').notNullable();
        // From when on what is due is to be written.
        table.bigInteger('since').notNullable();
      });
      // One row a report, whoever writes it: by the day it was due on.
      await trx.schema.createTable('crm_report_mails', (table) => {
        table.string('day', 10).primary();
        table.bigInteger('written_at').notNullable();
        table.integer('recipients').notNullable();
      });
    },
  },
];
