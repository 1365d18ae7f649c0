import type { Migration } from '../kernel';

/** Nothing here is written by the document service: see CONTEXT.md for what the columns mean. */
export const deliveryMigrations: readonly Migration[] = [
  {
    id: 'delivery/0001-outbox',
    async up({ trx }) {
      await trx.schema.createTable('crm_messages', (table) => {
        table.increments('id');
        table.integer('campaign_id');
        table.integer('customer_id');
        table.string('channel', 16).notNullable();
        table.string('stream', 16).notNullable();
        table.string('unique_key').notNullable().unique();
        table.string('address', 320);
        table.string('locale', 5).notNullable();
        table.string('status', 16).notNullable();
        table.string('guard_verdict', 8).notNullable();
        table.string('guard_reason', 40);
        table.string('retry_key', 36).notNullable();
        table.bigInteger('lease_until');
        table.string('lease_owner', 36);
        table.bigInteger('handed_over_at');
        table.integer('attempts').notNullable().defaultTo(0);
        table.bigInteger('due_at').notNullable();
        table.string('provider_message_id');
        table.text('error');
        table.bigInteger('created_at').notNullable();
        table.bigInteger('sent_at');
        table.text('payload');
        // The claim: one campaign (or none) on one channel, what is due first.
        table.index(['status', 'campaign_id', 'channel', 'due_at'], 'crm_messages_due');
        // The report's lists, and "this address again" at expansion.
        table.index(['campaign_id', 'status', 'id'], 'crm_messages_report');
        table.index(['campaign_id', 'address'], 'crm_messages_address');
        // The timeline of one person.
        table.index(['customer_id', 'created_at'], 'crm_messages_person');
      });
    },
  },
  {
    id: 'delivery/0002-message-events',
    async up({ trx }) {
      await trx.schema.createTable('crm_message_events', (table) => {
        table.increments('id');
        table.integer('message_id').notNullable();
        table.integer('campaign_id');
        table.integer('customer_id');
        table.string('type', 16).notNullable();
        table.bigInteger('at').notNullable();
        table.boolean('is_machine').notNullable();
        table.integer('link_id');
        table.text('detail');
        table.index(['message_id', 'type'], 'crm_message_events_message');
        table.index(['campaign_id', 'type', 'message_id'], 'crm_message_events_report');
        table.index(['customer_id', 'at'], 'crm_message_events_person');
      });
      await trx.schema.createTable('crm_links', (table) => {
        table.increments('id');
        table.integer('campaign_id').notNullable();
        table.string('key').notNullable();
        table.text('url').notNullable();
        // Of key and address: an address may be too long for an index.
        table.string('fingerprint', 64).notNullable();
        table.unique(['campaign_id', 'fingerprint']);
      });
    },
  },
  {
    id: 'delivery/0003-feedback',
    async up({ trx }) {
      await trx.schema.createTable('crm_feedback', (table) => {
        table.increments('id');
        table.string('source', 16).notNullable();
        // Of the reporter's own number: those are of any length.
        table.string('event_hash', 64).notNullable();
        table.string('kind', 16).notNullable();
        table.integer('message_id');
        table.bigInteger('received_at').notNullable();
        table.unique(['source', 'event_hash']);
        table.index(['received_at'], 'crm_feedback_received');
      });
      await trx.schema.createTable('crm_feedback_mailboxes', (table) => {
        table.string('key').primary();
        table.string('uid_validity', 32).notNullable();
        table.bigInteger('last_uid').notNullable();
        table.bigInteger('polled_at');
        table.bigInteger('failed_at');
        table.text('error');
      });
    },
  },
  {
    id: 'delivery/0004-sending-rules',
    async up({ trx }) {
      await trx.schema.createTable('crm_sending_rules', (table) => {
        table.integer('id').primary();
        table.text('rules').notNullable();
        table.bigInteger('updated_at').notNullable();
      });
    },
  },
  {
    id: 'delivery/0005-variants',
    async up({ trx }) {
      await trx.schema.alterTable('crm_messages', (table) => {
        // Null: nothing is tested, or the winner is not known yet.
        table.integer('variant');
      });
    },
  },
  {
    id: 'delivery/0006-preferences',
    async up({ trx }) {
      await trx.schema.createTable('crm_topics', (table) => {
        table.increments('id');
        table.string('name_ja', 60).notNullable();
        table.string('name_en', 60).notNullable();
        table.string('description_ja', 200).notNullable();
        table.string('description_en', 200).notNullable();
        table.bigInteger('removed_at');
      });
      // Not unique by person: a merge may bring the same refusal twice, and twice is once.
      await trx.schema.createTable('crm_topic_refusals', (table) => {
        table.increments('id');
        table.integer('customer_id').notNullable();
        table.integer('topic_id').notNullable();
        table.bigInteger('refused_at').notNullable();
        table.index(['topic_id', 'customer_id'], 'crm_topic_refusals_topic');
        table.index(['customer_id'], 'crm_topic_refusals_person');
      });
      await trx.schema.createTable('crm_contact_wishes', (table) => {
        table.increments('id');
        table.integer('customer_id').notNullable();
        table.bigInteger('paused_until');
        table.integer('weekly_max');
        table.bigInteger('updated_at').notNullable();
        table.index(['customer_id'], 'crm_contact_wishes_person');
      });
    },
  },
  {
    id: 'delivery/0007-cost',
    async up({ trx }) {
      await trx.schema.alterTable('crm_messages', (table) => {
        // Yen at the time; null: nobody said what the channel costs.
        table.double('cost');
      });
    },
  },
  {
    id: 'delivery/0008-mail-servers',
    async up({ trx }) {
      await trx.schema.createTable('crm_mail_servers', (table) => {
        table.string('key', 30).primary();
        table.bigInteger('taken_at');
        table.bigInteger('failed_at');
        // Since when it has done nothing but fail; null while it takes mail.
        table.bigInteger('failing_since');
        table.text('problem');
      });
    },
  },
  {
    id: 'delivery/0009-returned-mail',
    async up({ trx }) {
      // What came back, the newest first. Of what people do, opens and clicks, it holds nothing.
      await trx.raw(`create index crm_message_events_returned on crm_message_events (id)
        where type in ('bounce', 'soft-bounce', 'policy-bounce', 'complaint')`);
    },
  },
  {
    id: 'delivery/0010-first-handed-over',
    async up({ trx }) {
      await trx.schema.alterTable('crm_messages', (table) => {
        // Since when the provider may have it; null: it surely has not.
        table.bigInteger('first_handed_over_at');
        table.boolean('is_sent_again').notNullable().defaultTo(false);
      });
      await trx('crm_messages')
        .whereIn('status', ['queued', 'retry', 'leased', 'unknown'])
        .where('attempts', '>', 0)
        .update({ first_handed_over_at: trx.ref('created_at') });
    },
  },
  {
    id: 'delivery/0011-untracked',
    async up({ trx }) {
      await trx.schema.alterTable('crm_contact_wishes', (table) => {
        table.boolean('is_untracked').notNullable().defaultTo(false);
      });
    },
  },
];
