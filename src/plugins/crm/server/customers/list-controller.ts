/** Views of the list, bulk actions and exports. */
import { z } from 'zod';

import {
  bulkInputSchema,
  customerViewInputSchema,
  exportQuerySchema,
} from '../../shared/customer-work';
import { action, controller, refuse, success } from '../kernel';
import { answerCsv } from './export/csv-answer';
import { bulkService, customerViewsService, exportsService } from './list-services';
import { staffOf } from './staff';

const id = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });

const viewGone = () => refuse('customers.view.not-found', 404);

const views = action(z.object({}), async ({ strapi }) =>
  success({ data: await customerViewsService(strapi).list() }),
);

const createView = action(z.object({ body: customerViewInputSchema }), async ({ strapi, input }) =>
  success({ data: await customerViewsService(strapi).create(input.body) }),
);

const updateView = action(
  z.object({ params: id, body: customerViewInputSchema }),
  async ({ strapi, input }) => {
    const view = { ...input.body, id: input.params.id };
    return (await customerViewsService(strapi).update(view)) ? success({ data: view }) : viewGone();
  },
);

const deleteView = action(z.object({ params: id }), async ({ strapi, input }) =>
  (await customerViewsService(strapi).delete(input.params.id)) ? success({ data: {} }) : viewGone(),
);

const startBulk = action(z.object({ body: bulkInputSchema }), async ({ strapi, ctx, input }) => {
  const run = await bulkService(strapi).start(input.body, staffOf(ctx));
  return run.ok ? success({ data: run.value }) : run;
});

const findBulk = action(z.object({ params: id }), async ({ strapi, input }) => {
  const run = await bulkService(strapi).find(input.params.id);
  return run.ok ? success({ data: run.value }) : run;
});

const undoBulk = action(z.object({ params: id }), async ({ strapi, input }) => {
  const run = await bulkService(strapi).undo(input.params.id);
  return run.ok ? success({ data: run.value }) : run;
});

const exportFields = action(z.object({}), async ({ strapi, locale }) =>
  success({ data: exportsService(strapi).fields(locale) }),
);

const checkExport = action(
  z.object({ query: exportQuerySchema }),
  async ({ strapi, input, locale }) =>
    success({ data: await exportsService(strapi).check(input.query, locale) }),
);

const exportFile = action(
  z.object({ query: exportQuerySchema }),
  async ({ strapi, ctx, input, locale }) => {
    const who = { reader: locale, staffId: staffOf(ctx) };
    const { encoding } = input.query;
    answerCsv(
      ctx,
      { name: 'customers.csv', encoding },
      exportsService(strapi).file(input.query, who),
    );
    return success(undefined);
  },
);

export const customerListController = controller({
  views,
  createView,
  updateView,
  deleteView,
  startBulk,
  findBulk,
  undoBulk,
  exportFields,
  checkExport,
  exportFile,
});
