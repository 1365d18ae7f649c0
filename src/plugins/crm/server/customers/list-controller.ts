/** Views of the list, bulk actions and exports. */
import { z } from 'zod';

import {
  bulkInputSchema,
  customerViewInputSchema,
  exportQuerySchema,
} from '../../shared/customer-work';
import { action, controller, success } from '../kernel';
import { answerCsv } from './export/csv-answer';
import { bulkService, customerViewsService, exportsService } from './list-services';
import { staffOf, whoOf } from './staff';

const id = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });

const views = action(z.object({}), async ({ strapi, ctx }) =>
  success({ data: await customerViewsService(strapi).list(whoOf(ctx)) }),
);

const createView = action(
  z.object({ body: customerViewInputSchema }),
  async ({ strapi, ctx, input }) =>
    success({ data: await customerViewsService(strapi).create(whoOf(ctx), input.body) }),
);

const updateView = action(
  z.object({ params: id, body: customerViewInputSchema }),
  async ({ strapi, ctx, input }) => {
    const { params, body } = input;
    const view = await customerViewsService(strapi).update(whoOf(ctx), params.id, body);
    return view.ok ? success({ data: view.value }) : view;
  },
);

const deleteView = action(z.object({ params: id }), async ({ strapi, ctx, input }) => {
  const gone = await customerViewsService(strapi).delete(whoOf(ctx), input.params.id);
  return gone.ok ? success({ data: {} }) : gone;
});

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
