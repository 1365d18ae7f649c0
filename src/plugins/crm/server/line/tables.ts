import type { Migration } from '../kernel';
import { narrowcastMoves, narrowcastsTable } from './narrowcast/tables';

export const lineMigrations: readonly Migration[] = [
  {
    id: 'line/0001-friends',
    async up({ trx }) {
      await trx.schema.createTable('crm_line_friends', (table) => {
        table.increments('id');
        table.string('account').notNullable();
        table.string('user_id').notNullable();
        table.integer('customer_id');
        table.string('status').notNullable();
        // When LINE says that `status` began: an older event never overwrites a newer one.
        table.bigInteger('status_at').notNullable();
        table.string('display_name');
        table.text('picture_url');
        table.string('language');
        table.bigInteger('followed_at');
        table.bigInteger('unfollowed_at');
        table.bigInteger('last_event_at').notNullable();
        table.bigInteger('linked_at');
        table.unique(['account', 'user_id']);
        table.index(['customer_id', 'status', 'linked_at'], 'crm_line_friends_customer');
        table.index(['status', 'followed_at'], 'crm_line_friends_status');
      });
      await trx.schema.createTable('crm_line_history', (table) => {
        table.increments('id');
        table.string('account').notNullable();
        table.string('user_id').notNullable();
        // Whose timeline it is on; null while the friend is nobody we know.
        table.integer('customer_id');
        table.string('type').notNullable();
        table.bigInteger('at').notNullable();
        table.index(['account', 'user_id', 'at'], 'crm_line_history_friend');
        table.index(['customer_id', 'at'], 'crm_line_history_customer');
      });
    },
  },
  {
    id: 'line/0002-webhook-events',
    async up({ trx }) {
      await trx.schema.createTable('crm_line_webhook_events', (table) => {
        table.increments('id');
        table.string('webhook_event_id').notNullable();
        table.string('account').notNullable();
        table.string('type').notNullable();
        table.string('user_id');
        table.bigInteger('occurred_at').notNullable();
        table.bigInteger('received_at').notNullable();
        // Emptied when the event is done: a receipt keeps no content.
        table.text('payload');
        table.string('status').notNullable();
        table.integer('attempts').notNullable();
        table.bigInteger('due_at').notNullable();
        table.text('last_error');
        table.unique(['account', 'webhook_event_id']);
        table.index(['status', 'due_at', 'occurred_at'], 'crm_line_webhook_due');
        table.index(['account', 'received_at'], 'crm_line_webhook_received');
      });
      await trx.schema.createTable('crm_line_messages', (table) => {
        table.increments('id');
        table.string('account').notNullable();
        table.string('user_id').notNullable();
        table.integer('customer_id');
        table.string('direction').notNullable();
        table.string('message_id').notNullable();
        table.string('type').notNullable();
        table.text('text');
        table.bigInteger('at').notNullable();
        table.bigInteger('unsent_at');
        table.unique(['account', 'message_id']);
        table.index(['account', 'user_id', 'at'], 'crm_line_messages_friend');
        table.index(['customer_id', 'at'], 'crm_line_messages_customer');
      });
    },
  },
  {
    id: 'line/0003-linking',
    async up({ trx }) {
      await trx.schema.createTable('crm_line_link_tokens', (table) => {
        table.string('token_hash').primary();
        table.string('account').notNullable();
        table.string('user_id').notNullable();
        table.bigInteger('expires_at').notNullable().index();
      });
      await trx.schema.createTable('crm_line_link_nonces', (table) => {
        table.string('nonce_hash').primary();
        table.string('account').notNullable();
        table.string('user_id').notNullable();
        table.integer('customer_id').notNullable();
        table.boolean('consents').notNullable();
        table.string('wording_version');
        table.bigInteger('expires_at').notNullable().index();
        table.bigInteger('used_at');
      });
    },
  },
  {
    id: 'line/0004-multicasts',
    async up({ trx }) {
      await trx.schema.createTable('crm_line_multicasts', (table) => {
        table.increments('id');
        table.string('account').notNullable();
        table.string('retry_key', 36).notNullable();
        table.text('body').notNullable();
        table.string('state', 16).notNullable();
        table.bigInteger('created_at').notNullable().index('crm_line_multicasts_age');
      });
      await trx.schema.createTable('crm_line_multicast_members', (table) => {
        // A row of the outbox goes one way only, however often it is tried.
        table.integer('message_id').primary();
        table.integer('multicast_id').index('crm_line_multicast_members_of');
        table.string('user_id').notNullable().index('crm_line_multicast_members_user');
        table.bigInteger('created_at').notNullable().index('crm_line_multicast_members_age');
      });
    },
  },
  {
    id: 'line/0005-chats',
    async up({ trx }) {
      await trx.schema.alterTable('crm_line_friends', (table) => {
        table.integer('unread').notNullable().defaultTo(0);
        table.bigInteger('last_message_at').notNullable().defaultTo(0);
        // Since when an operator answers instead of the automatic replies.
        table.bigInteger('operator_since');
        table.string('reply_token');
        table.bigInteger('reply_token_until');
        table.index(['last_message_at', 'id'], 'crm_line_friends_chats');
      });
      // Conversations from before: as old as their newest message, and read.
      await trx('crm_line_friends').update({
        last_message_at: trx.raw(
          `coalesce((select max(m.at) from crm_line_messages m where m.account = crm_line_friends.account
            and m.user_id = crm_line_friends.user_id and m.direction = 'in'), 0)`,
        ),
      });
    },
  },
  {
    id: 'line/0006-units',
    async up({ trx }) {
      await trx.schema.createTable('crm_line_units', (table) => {
        table.increments('id');
        table.string('account').notNullable();
        table.integer('campaign_id').notNullable().index('crm_line_units_campaign');
        table.string('unit', 30).notNullable();
        table.bigInteger('first_sent_at').notNullable();
        table.bigInteger('asked_at');
        // Null once asked: fewer people than LINE tells of.
        table.integer('unique_impressions');
        table.integer('unique_clicks');
        table.unique(['account', 'unit']);
        table.index(['account', 'first_sent_at'], 'crm_line_units_sent');
      });
    },
  },
  {
    id: 'line/0007-rich-menus',
    async up({ trx }) {
      await trx.schema.alterTable('crm_line_friends', (table) => {
        // The menu that LINE shows this friend by name; null: the account's own.
        table.string('rich_menu_id');
        // Set: something changed that decides about it.
        table.bigInteger('menu_due_at');
        table.index(['account', 'menu_due_at'], 'crm_line_friends_menu');
        table.index(['rich_menu_id', 'status'], 'crm_line_friends_menu_people');
      });
      await trx.schema.createTable('crm_line_menu_versions', (table) => {
        table.increments('id');
        table.string('account').notNullable();
        table.string('menu').notNullable();
        table.string('digest', 64).notNullable();
        table.string('rich_menu_id');
        table.string('state', 16).notNullable();
        table.text('problem');
        table.bigInteger('created_at').notNullable();
        table.unique(['account', 'menu', 'digest']);
      });
      await trx.schema.createTable('crm_line_menu_walks', (table) => {
        table.string('account').primary();
        table.string('digest', 64).notNullable();
        table.integer('after_id');
        table.string('for_all');
      });
      await trx.schema.createTable('crm_line_menu_taps', (table) => {
        table.string('menu').notNullable();
        table.integer('place').notNullable();
        table.string('day', 10).notNullable();
        table.integer('taps').notNullable();
        table.primary(['menu', 'place', 'day']);
      });
    },
  },
  {
    id: 'line/0008-friend-routes',
    async up({ trx }) {
      await trx.schema.alterTable('crm_line_friends', (table) => {
        // documentId of the way on which this friend came first.
        table.string('route').index('crm_line_friends_route');
        table.bigInteger('route_at');
      });
      await trx.schema.createTable('crm_line_route_claims', (table) => {
        table.string('user_id').primary();
        table.string('route').notNullable();
        table.bigInteger('at').notNullable().index('crm_line_route_claims_age');
      });
      await trx.schema.createTable('crm_line_route_opens', (table) => {
        table.string('route').notNullable();
        table.string('day', 10).notNullable();
        table.integer('opens').notNullable();
        table.primary(['route', 'day']);
      });
    },
  },
  {
    id: 'line/0009-bots',
    async up({ trx }) {
      await trx.schema.createTable('crm_line_bots', (table) => {
        table.string('account').primary();
        table.string('channel_id').notNullable();
        table.string('user_id').notNullable();
      });
    },
  },
  {
    id: 'line/0010-follower-imports',
    async up({ trx }) {
      await trx.schema.alterTable('crm_line_friends', (table) => {
        // Was a friend before we listened: nobody knows since when.
        table.bigInteger('imported_at');
        // Set: LINE is still to be asked for her name.
        table.bigInteger('profile_due_at');
        table.index(['account', 'profile_due_at'], 'crm_line_friends_profile');
      });
      await trx.schema.createTable('crm_line_imports', (table) => {
        table.string('account').primary();
        table.string('state', 16).notNullable();
        table.text('cursor');
        table.boolean('is_listed').notNullable();
        table.integer('found').notNullable();
        table.integer('added').notNullable();
        table.integer('named').notNullable();
        table.bigInteger('started_at').notNullable();
        table.bigInteger('changed_at').notNullable();
        table.bigInteger('lease_until').notNullable();
        table.bigInteger('due_at').notNullable();
        table.text('problem');
      });
    },
  },
  {
    id: 'line/0011-sent-elsewhere',
    async up({ trx }) {
      await trx.schema.alterTable('crm_line_messages', (table) => {
        // The tool that sent it through our account; null: we did, or she.
        table.string('source', 60);
      });
    },
  },
  {
    id: 'line/0012-verdicts',
    async up({ trx }) {
      await trx.schema.alterTable('crm_line_messages', (table) => {
        // Why a message of ours might go; null: hers, another tool's, or from before it was kept.
        table.string('guard_verdict', 8);
        table.string('guard_reason', 40);
      });
    },
  },
  narrowcastsTable,
  narrowcastMoves,
];
