import type { Migration } from '../../kernel';

export const previewMigrations: readonly Migration[] = [
  {
    id: 'content/0001-preview-log',
    async up({ trx }) {
      // Which member of staff looked through whose eyes, at what, when.
      await trx.schema.createTable('crm_preview_log', (table) => {
        table.increments('id');
        table.integer('customer_id').notNullable();
        table.integer('staff_id').notNullable();
        table.string('uid', 200).notNullable();
        table.string('document_id', 64).notNullable();
        table.string('locale', 8).notNullable();
        table.string('version', 16).notNullable();
        // As the entry was called then.
        table.string('title', 300).notNullable();
        table.bigInteger('at').notNullable();
        table.index(['customer_id', 'at'], 'crm_preview_log_customer');
      });
    },
  },
];
