import type { Migration } from '../kernel';

export const accessMigrations: readonly Migration[] = [
  {
    // Where rules and gated files are used, brought up to date with every write of an entry: a
    // search through the JSON of all entries would take minutes on a large site.
    id: 'access/0001-usages',
    async up({ trx }) {
      await trx.schema.createTable('crm_access_usages', (table) => {
        table.increments('id');
        table.string('uid').notNullable();
        table.string('document_id').notNullable();
        table.string('locale').notNullable();
        table.boolean('published').notNullable();
        table.string('path', 500).notNullable();
        table.string('kind', 20).notNullable();
        table.string('ref').notNullable();
        table.index(['kind', 'ref'], 'crm_access_usages_ref');
        table.index(['uid', 'document_id'], 'crm_access_usages_document');
      });
      await trx.schema.createTable('crm_gated_files', (table) => {
        table.increments('id');
        table.string('uid').notNullable();
        table.string('document_id').notNullable();
        table.integer('file_id').notNullable();
        table.string('holder_type').notNullable();
        table.integer('holder_id').notNullable();
        table.boolean('gated').notNullable();
        table.index(['file_id', 'holder_type', 'holder_id'], 'crm_gated_files_file');
        table.index(['uid', 'document_id'], 'crm_gated_files_document');
      });
      await trx.schema.createTable('crm_gated_file_names', (table) => {
        table.increments('id');
        table.integer('file_id').notNullable();
        table.string('name', 500).notNullable();
        table.index(['name'], 'crm_gated_file_names_name');
        table.index(['file_id'], 'crm_gated_file_names_file');
      });
    },
  },
];
