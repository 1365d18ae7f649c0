import type { Migration } from '../kernel';

export const activitiesMigrations: readonly Migration[] = [
  {
    id: 'activities/0001-notes-and-tasks',
    async up({ trx }) {
      await trx.schema.createTable('crm_notes', (table) => {
        table.increments('id');
        table.integer('customer_id').notNullable();
        table.text('text').notNullable();
        table.boolean('pinned').notNullable();
        table.integer('staff_id');
        table.bigInteger('created_at').notNullable();
        table.bigInteger('changed_at');
        table.bigInteger('deleted_at');
        table.index(['customer_id', 'created_at'], 'crm_notes_customer');
        table.index(['deleted_at'], 'crm_notes_deleted');
      });
      await trx.schema.createTable('crm_tasks', (table) => {
        table.increments('id');
        table.integer('customer_id').notNullable();
        table.text('title').notNullable();
        // A calendar day, so that it sorts and compares as text.
        table.string('due_on', 10);
        table.integer('assignee_id');
        table.integer('staff_id');
        table.bigInteger('created_at').notNullable();
        table.bigInteger('done_at');
        table.bigInteger('deleted_at');
        table.index(['customer_id', 'created_at'], 'crm_tasks_customer');
        table.index(['customer_id', 'done_at'], 'crm_tasks_customer_done');
        table.index(['assignee_id', 'done_at', 'due_on'], 'crm_tasks_assignee');
        table.index(['deleted_at'], 'crm_tasks_deleted');
      });
    },
  },
];
