import type { Migration } from '../kernel';

/** One row a person and experiment, written when that person first met it. */
export const experimentMigrations: readonly Migration[] = [
  {
    id: 'experiments/0001-people',
    async up({ trx }) {
      await trx.schema.createTable('crm_experiment_people', (table) => {
        table.bigIncrements('id');
        table.string('experiment', 64).notNullable();
        /** `c:12` or `v:…`, see `domain/assign.ts`. */
        table.string('unit', 80).notNullable();
        table.string('variant', 8).notNullable();
        table.integer('customer_id');
        table.string('visitor_id', 64);
        table.bigInteger('exposed_at').notNullable();
        table.unique(['experiment', 'unit'], { indexName: 'crm_experiment_people_unit' });
      });
    },
  },
  {
    id: 'experiments/0002-leaving',
    async up({ trx }) {
      await trx.schema.alterTable('crm_experiment_people', (table) => {
        /** Of somebody who was erased: the numbers of the goals reached by then, `,0,2,`. */
        table.string('reached', 40);
        table.index(['customer_id'], 'crm_experiment_people_customer');
      });
    },
  },
];
