import type { Migration } from '../kernel';
import { initialWordings } from './domain/wordings';

export const consentMigrations: readonly Migration[] = [
  {
    id: 'consent/0001-ledger',
    async up({ trx }) {
      await trx.schema.createTable('crm_consent_wordings', (table) => {
        table.increments('id');
        table.string('key', 64).notNullable();
        table.string('version', 64).notNullable();
        table.string('locale', 8).notNullable();
        table.text('text').notNullable();
        table.bigInteger('valid_from').notNullable();
        table.unique(['key', 'version', 'locale']);
      });
      await trx.schema.createTable('crm_consents', (table) => {
        table.increments('id');
        table.integer('customer_id').notNullable();
        table.string('purpose', 32).notNullable();
        table.string('channel', 16).notNullable();
        table.boolean('granted').notNullable();
        table.string('wording_key', 64);
        table.string('wording_version', 64);
        table.string('source', 64).notNullable();
        table.bigInteger('occurred_at').notNullable();
        table.text('proof');
        table.index(['customer_id', 'occurred_at'], 'crm_consents_customer');
      });
      await trx.schema.createTable('crm_consent_states', (table) => {
        table.integer('customer_id').notNullable();
        table.string('purpose', 32).notNullable();
        table.string('channel', 16).notNullable();
        table.boolean('granted').notNullable();
        table.bigInteger('changed_at').notNullable();
        table.primary(['customer_id', 'purpose', 'channel']);
        table.index(['channel', 'purpose', 'granted', 'customer_id'], 'crm_consent_states_channel');
      });
      await trx.schema.createTable('crm_suppressions', (table) => {
        table.increments('id');
        table.string('channel', 16).notNullable();
        table.string('address_hash', 64).notNullable();
        table.string('reason', 32).notNullable();
        table.bigInteger('created_at').notNullable();
        table.unique(['channel', 'address_hash']);
      });
    },
  },
  {
    id: 'consent/0002-initial-wordings',
    async up({ trx }) {
      await trx('crm_consent_wordings').insert(
        initialWordings.map(({ key, version, locale, text, validFrom }) => ({
          key,
          version,
          locale,
          text,
          valid_from: validFrom,
        })),
      );
    },
  },
  {
    // Who had a person's consent record made, in which language: it leaves the house on paper.
    id: 'consent/0003-record-prints',
    async up({ trx }) {
      await trx.schema.createTable('crm_consent_prints', (table) => {
        table.increments('id');
        table.integer('customer_id').notNullable();
        table.integer('staff_id');
        table.string('locale', 8).notNullable();
        table.bigInteger('printed_at').notNullable();
        table.index(['customer_id', 'printed_at'], 'crm_consent_prints_customer');
      });
    },
  },
  {
    // Staff look addresses up and take them off again; of who is forgotten the hash alone is left.
    id: 'consent/0004-suppressed-addresses',
    async up({ trx }) {
      await trx.schema.alterTable('crm_suppressions', (table) => {
        table.string('address', 320);
      });
      await trx.schema.createTable('crm_suppression_removals', (table) => {
        table.increments('id');
        table.string('channel', 16).notNullable();
        table.string('address_hash', 64).notNullable();
        table.string('reason', 32).notNullable();
        table.integer('staff_id');
        table.bigInteger('removed_at').notNullable();
      });
    },
  },
];
