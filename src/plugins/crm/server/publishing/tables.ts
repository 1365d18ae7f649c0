import type { Migration } from '../kernel';

/** What is to be published or taken down, and when. The row is the job: it is claimed under a lease. */
export const publishingMigrations: readonly Migration[] = [
  {
    id: 'publishing/0001-publications',
    async up({ trx }) {
      await trx.schema.createTable('crm_publications', (table) => {
        table.increments('id');
        table.string('uid', 200).notNullable();
        table.string('document_id', 64).notNullable();
        /** Empty where the type is not translated. */
        table.string('locale', 20).notNullable();
        table.string('action', 16).notNullable();
        table.bigInteger('due_at').notNullable();
        table.string('state', 16).notNullable();
        table.bigInteger('lease_until');
        table.text('error');
        table.index(['state', 'due_at'], 'crm_publications_due');
        table.index(['document_id', 'locale'], 'crm_publications_document');
      });
    },
  },
];
