import type { Knex } from 'knex';

import type { Migration } from '../kernel';
import { customersAfter } from './store/customers';
import { writeTerms } from './store/search';
import { sqliteTermTables } from './store/search-sqlite';

async function writeEverybodysTerms(trx: Knex.Transaction): Promise<void> {
  for (let after = 0; ;) {
    const people = await customersAfter(trx, after, 1000);
    if (people.length === 0) return;
    await writeTerms(trx, people);
    after = people.at(-1)?.id ?? after;
  }
}

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
  {
    id: 'customers/0004-import-jobs',
    async up({ trx }) {
      await trx.schema.alterTable('crm_imports', (table) => {
        // Null: the file came with the request and is gone with it.
        table.text('file_path');
        table.string('encoding', 16);
        table.bigInteger('bytes_done').notNullable().defaultTo(0);
        table.bigInteger('bytes_total').notNullable().defaultTo(0);
        table.text('mapping');
        table.string('policy', 16).notNullable().defaultTo('update');
        // Line of the last row whose batch is committed: where a stopped import goes on.
        table.integer('checkpoint').notNullable().defaultTo(0);
        table.bigInteger('lease_until');
        table.string('lease_owner', 40);
        table.integer('undone').notNullable().defaultTo(0);
        table.integer('kept').notNullable().defaultTo(0);
        table.index(['status'], 'crm_imports_status');
      });
      // What an import did to each row of ours, for its undo.
      await trx.schema.createTable('crm_import_changes', (table) => {
        table.increments('id');
        table.integer('import_id').notNullable();
        table.integer('subject_id').notNullable();
        table.boolean('created').notNullable();
        table.text('before').notNullable();
        table.text('after').notNullable();
        table.index(['import_id', 'id'], 'crm_import_changes_import');
      });
      // What each heading of a file meant when the last file with these headings was imported.
      await trx.schema.createTable('crm_import_mappings', (table) => {
        table.string('fingerprint', 64).primary();
        table.text('mapping').notNullable();
        table.bigInteger('used_at').notNullable();
      });
    },
  },
  {
    id: 'customers/0005-list-work',
    async up({ trx }) {
      await trx.schema.createTable('crm_customer_views', (table) => {
        table.increments('id');
        table.string('name', 60).notNullable();
        table.text('query').notNullable();
        table.bigInteger('created_at').notNullable();
      });
      await trx.schema.createTable('crm_bulk_runs', (table) => {
        table.increments('id');
        table.text('action').notNullable();
        // Who is meant: `{ ids }` or `{ filter }`.
        table.text('selection').notNullable();
        table.string('status', 16).notNullable();
        table.integer('total').notNullable();
        table.integer('done').notNullable();
        table.integer('changed').notNullable();
        // Highest id when it began, and the last one that is settled.
        table.integer('until_id').notNullable();
        table.integer('last_id').notNullable();
        table.bigInteger('lease_until');
        table.bigInteger('started_at').notNullable();
        table.integer('staff_id');
        table.index(['status'], 'crm_bulk_runs_status');
      });
      // Whom a bulk action changed, and the value before it.
      await trx.schema.createTable('crm_bulk_changes', (table) => {
        table.integer('run_id').notNullable();
        table.integer('customer_id').notNullable();
        table.text('before').notNullable();
        table.primary(['run_id', 'customer_id']);
      });
      await trx.schema.createTable('crm_customer_exports', (table) => {
        table.increments('id');
        table.integer('staff_id');
        table.text('filter').notNullable();
        table.text('fields').notNullable();
        table.string('encoding', 16).notNullable();
        table.integer('rows').notNullable();
        table.integer('unencodable').notNullable();
        table.bigInteger('started_at').notNullable();
        table.bigInteger('finished_at');
      });
    },
  },
  {
    // Addresses became searchable: everybody's keys are written anew.
    id: 'customers/0006-search-addresses',
    async up({ trx, postgres }) {
      // On SQLite they are written anew by 0010, into another table.
      if (postgres) await writeEverybodysTerms(trx);
    },
  },
  {
    // To forget a person, what imports and actions remember of them is found by the person.
    id: 'customers/0007-changes-by-person',
    async up({ trx }) {
      await trx.schema.alterTable('crm_import_changes', (table) => {
        table.index(['subject_id'], 'crm_import_changes_subject');
      });
      await trx.schema.alterTable('crm_bulk_changes', (table) => {
        table.index(['customer_id'], 'crm_bulk_changes_customer');
      });
    },
  },
  {
    id: 'customers/0008-merges',
    async up({ trx }) {
      await trx.schema.createTable('crm_customer_merges', (table) => {
        table.increments('id');
        table.integer('from_id').notNullable();
        table.integer('into_id').notNullable();
        table.string('name').notNullable();
        table.integer('staff_id');
        table.bigInteger('merged_at').notNullable();
        table.bigInteger('undone_at');
        // Both records as they were and what was moved: what an undo needs.
        table.text('record').notNullable();
        table.index(['into_id'], 'crm_customer_merges_into');
        table.index(['from_id'], 'crm_customer_merges_from');
      });
      await trx.schema.createTable('crm_duplicate_dismissals', (table) => {
        table.integer('low_id').notNullable();
        table.integer('high_id').notNullable();
        table.primary(['low_id', 'high_id']);
      });
    },
  },
  {
    // Where each value came from: one short row a person, apart from the record, so that reading
    // many records costs what it did. What was replaced or refused: one row a change.
    id: 'customers/0009-field-origins',
    async up({ trx }) {
      await trx.schema.createTable('crm_field_origins', (table) => {
        table.integer('customer_id').primary();
        table.text('origins').notNullable();
      });
      await trx.schema.createTable('crm_field_history', (table) => {
        table.increments('id');
        table.integer('customer_id').notNullable();
        table.bigInteger('at').notNullable();
        table.string('source', 16);
        table.string('ref', 32);
        table.text('replaced').notNullable();
        table.text('refused').notNullable();
        table.index(['customer_id', 'at'], 'crm_field_history_customer');
      });
    },
  },
  {
    // A tree of terms cost an import more than all else: a page changed for nearly every term.
    id: 'customers/0010-search-index',
    async up({ trx, postgres }) {
      if (postgres) return;
      await trx.schema.dropTable('crm_customer_search');
      for (const statement of sqliteTermTables) await trx.raw(statement);
      await writeEverybodysTerms(trx);
    },
  },
  {
    // Who made a view: whoever else may change it is a super admin, as with those of before.
    id: 'customers/0011-view-makers',
    async up({ trx }) {
      await trx.schema.alterTable('crm_customer_views', (table) => {
        table.integer('staff_id');
      });
    },
  },
  {
    // Which import said that somebody is hers: its undo takes back no more than that.
    id: 'customers/0012-identities-of-imports',
    async up({ trx }) {
      await trx.schema.alterTable('crm_identities', (table) => {
        table.integer('import_id');
      });
    },
  },
];
