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
];
