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
  {
    id: 'members/0002-plan-memberships',
    async up({ trx }) {
      await trx.schema.createTable('crm_plan_memberships', (table) => {
        table.increments('id');
        table.integer('customer_id').notNullable();
        table.string('plan_key', 40).notNullable();
        table.bigInteger('starts_at').notNullable();
        // The first instant without access; null: open.
        table.bigInteger('ends_at');
        table.bigInteger('paused_at');
        table.bigInteger('resumes_at');
        table.string('source', 32).notNullable();
        // The name that a program gave this holding; the same one again is the same holding.
        table.string('reference', 200);
        table.bigInteger('created_at').notNullable();
        table.bigInteger('updated_at').notNullable();
        table.unique(['source', 'reference']);
        table.index(['customer_id', 'plan_key'], 'crm_plan_memberships_customer');
        table.index(['plan_key', 'customer_id'], 'crm_plan_memberships_plan');
        // Segments look at who crosses an instant, once a minute.
        table.index(['starts_at'], 'crm_plan_memberships_starts');
        table.index(['ends_at'], 'crm_plan_memberships_ends');
        table.index(['resumes_at'], 'crm_plan_memberships_resumes');
      });
    },
  },
  {
    id: 'members/0003-points',
    async up({ trx }) {
      await trx.schema.createTable('crm_points', (table) => {
        table.increments('id');
        table.integer('customer_id').notNullable();
        table.integer('points').notNullable();
        table.string('reference', 200).notNullable().unique();
        table.bigInteger('at').notNullable();
        table.index(['customer_id', 'at', 'points'], 'crm_points_customer');
      });
    },
  },
  {
    id: 'members/0004-token-cutoffs',
    async up({ trx }) {
      await trx.schema.createTable('crm_member_cutoffs', (table) => {
        table.integer('user_id').primary();
        // Bearer tokens issued up to here are refused: they know of no revocation themselves.
        table.bigInteger('at').notNullable();
      });
    },
  },
];
