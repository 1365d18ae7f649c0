import type { Migration } from '../../kernel';

export const narrowcastsTable: Migration = {
  id: 'line/0013-narrowcasts',
  async up({ trx }) {
    await trx.schema.createTable('crm_line_narrowcasts', (table) => {
      table.increments('id');
      table.integer('campaign_id').notNullable();
      table.string('account').notNullable();
      table.string('retry_key', 36).notNullable();
      table.text('body').notNullable();
      table.text('demographic').notNullable();
      table.boolean('partially').notNullable();
      table.string('state', 16).notNullable();
      table.integer('generation').notNullable();
      table.bigInteger('audience_id');
      table.integer('uploaded_through').notNullable();
      table.integer('uploaded').notNullable();
      table.boolean('is_in_part').notNullable();
      table.bigInteger('called_at');
      table.string('request_id');
      table.integer('target_count');
      table.integer('success_count');
      table.integer('failure_count');
      table.text('problem');
      table.bigInteger('lease_until').notNullable();
      table.bigInteger('due_at').notNullable();
      table.bigInteger('created_at').notNullable();
      table.unique(['campaign_id', 'account']);
      table.index(['state', 'due_at'], 'crm_line_narrowcasts_due');
    });
  },
};

/** Since when it stands as it does; 0: from before this was written down. */
export const narrowcastMoves: Migration = {
  id: 'line/0014-narrowcast-moves',
  async up({ trx }) {
    await trx.schema.alterTable('crm_line_narrowcasts', (table) => {
      table.bigInteger('moved_at').notNullable().defaultTo(0);
    });
  },
};
