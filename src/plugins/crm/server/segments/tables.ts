import type { Migration } from '../kernel';

export const segmentMigrations: readonly Migration[] = [
  {
    id: 'segments/0001-members',
    async up({ trx }) {
      await trx.schema.createTable('crm_segment_members', (table) => {
        table.integer('segment_id').notNullable();
        table.integer('customer_id').notNullable();
        table.bigInteger('entered_at').notNullable();
        table.primary(['segment_id', 'customer_id']);
        table.index(['customer_id'], 'crm_segment_members_customer');
      });
    },
  },
  {
    id: 'segments/0002-stays-and-kinds',
    async up({ trx }) {
      // Who was in a segment and is not any more; who is in stands in crm_segment_members.
      await trx.schema.createTable('crm_segment_stays', (table) => {
        table.increments('id');
        table.integer('segment_id').notNullable();
        table.integer('customer_id').notNullable();
        table.bigInteger('entered_at').notNullable();
        table.bigInteger('left_at').notNullable();
        table.index(['segment_id', 'left_at'], 'crm_segment_stays_segment');
        table.index(['customer_id', 'left_at'], 'crm_segment_stays_customer');
      });
      // What was called static kept the people of its day; static ones are now picked by hand.
      await trx('crm_segments').where({ kind: 'static' }).update({ kind: 'snapshot' });
    },
  },
  {
    // The newest moves of a segment of a million are read from the ends of these.
    id: 'segments/0003-newest-moves',
    async up({ trx }) {
      await trx.schema.alterTable('crm_segment_members', (table) => {
        table.index(['segment_id', 'entered_at', 'customer_id'], 'crm_segment_members_entered');
      });
      await trx.schema.alterTable('crm_segment_stays', (table) => {
        table.dropIndex(['segment_id', 'left_at'], 'crm_segment_stays_segment');
        table.index(['segment_id', 'left_at', 'customer_id'], 'crm_segment_stays_left');
        table.index(['segment_id', 'entered_at', 'customer_id'], 'crm_segment_stays_entered');
      });
    },
  },
];
