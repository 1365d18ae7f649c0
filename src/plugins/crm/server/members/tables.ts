import type { Migration } from '../kernel';

export const membersMigrations: readonly Migration[] = [
  {
    id: 'members/0001-tokens-sessions-events',
    async up({ trx }) {
      await trx.schema.createTable('crm_member_tokens', (table) => {
        table.increments('id');
        table.string('token_hash').notNullable().unique();
        table.string('purpose').notNullable();
        table.string('email_hash').notNullable();
        table.integer('user_id');
        table.bigInteger('created_at').notNullable();
        table.bigInteger('expires_at').notNullable();
        table.bigInteger('used_at');
        table.text('data').notNullable();
        table.index(['email_hash', 'purpose'], 'crm_member_tokens_email');
        table.index(['expires_at'], 'crm_member_tokens_expires');
      });
      await trx.schema.createTable('crm_member_sessions', (table) => {
        table.increments('id');
        table.string('token_hash').notNullable().unique();
        table.integer('customer_id').notNullable();
        table.integer('user_id').notNullable();
        table.bigInteger('created_at').notNullable();
        table.bigInteger('last_seen_at').notNullable();
        table.bigInteger('expires_at').notNullable();
        table.bigInteger('revoked_at');
        table.string('user_agent', 300);
        table.index(['user_id', 'expires_at'], 'crm_member_sessions_user');
        table.index(['expires_at'], 'crm_member_sessions_expires');
      });
      await trx.schema.createTable('crm_member_events', (table) => {
        table.increments('id');
        table.integer('customer_id').notNullable();
        table.string('type').notNullable();
        table.bigInteger('at').notNullable();
        table.text('detail');
        table.index(['customer_id', 'at'], 'crm_member_events_customer');
      });
    },
  },
];
