import type { Migration } from '../kernel';

export const customersMigrations: readonly Migration[] = [
  {
    id: 'customers/0001-identities',
    async up({ trx }) {
      await trx.schema.createTable('crm_identities', (table) => {
        table.increments('id');
        table.integer('customer_id').notNullable();
        table.string('kind', 32).notNullable();
        table.string('value', 320).notNullable();
        table.bigInteger('verified_at');
        table.bigInteger('created_at').notNullable();
        table.unique(['kind', 'value']);
        table.index(['customer_id'], 'crm_identities_customer');
      });
    },
  },
  {
    id: 'customers/0002-search',
    async up({ trx, postgres }) {
      // Prefixes are searched as ranges, so terms must sort by code point: C collation, which is
      // SQLite's default.
      const collation = postgres ? ' collate "C"' : '';
      await trx.raw(
        `create table crm_customer_search (
          term varchar(320)${collation} not null,
          customer_id integer not null,
          primary key (term, customer_id)
        )${postgres ? '' : ' without rowid'}`,
      );
      await trx.raw(
        'create index crm_customer_search_customer on crm_customer_search (customer_id)',
      );
    },
  },
  {
    id: 'customers/0003-imports',
    async up({ trx }) {
      await trx.schema.createTable('crm_imports', (table) => {
        table.increments('id');
        table.string('kind', 32).notNullable();
        table.string('file_name').notNullable();
        table.string('status', 16).notNullable();
        table.boolean('dry_run').notNullable();
        table.integer('rows').notNullable();
        table.integer('created').notNullable();
        table.integer('updated').notNullable();
        table.integer('unchanged').notNullable();
        table.integer('failed').notNullable();
        table.text('header');
        table.bigInteger('started_at').notNullable();
        table.bigInteger('finished_at');
      });
      await trx.schema.createTable('crm_import_errors', (table) => {
        table.increments('id');
        table.integer('import_id').notNullable();
        table.integer('line').notNullable();
        table.string('column');
        table.string('code', 64).notNullable();
        table.text('record');
        table.index(['import_id', 'line'], 'crm_import_errors_import');
      });
    },
  },
];
