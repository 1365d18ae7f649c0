import { z } from 'zod';

import { importQuerySchema } from '../../../shared/imports';
import { action, controller, refuse, success } from '../../kernel';
import { importsService } from '../index';

const id = z.object({ id: z.coerce.number().int().positive() });

const importCustomers = action(
  z.object({ query: importQuerySchema }),
  async ({ strapi, ctx, input, locale }) => {
    const dryRun = input.query.dryRun === 'true';
    const run = await importsService(strapi).run('customers', ctx, { dryRun, reader: locale });
    return run.ok ? success({ data: run.value }) : run;
  },
);

const list = action(z.object({}), async ({ strapi }) =>
  success({ data: await importsService(strapi).latest() }),
);

const errors = action(z.object({ params: id }), async ({ strapi, ctx, input, locale }) => {
  const file = await importsService(strapi).errorFile(input.params.id, locale);
  if (!file) return refuse('customers.import.not-found', 404);
  ctx.type = 'text/csv; charset=utf-8';
  ctx.attachment(`import-${input.params.id}-errors.csv`);
  ctx.body = file;
  return success(undefined);
});

export const importsController = controller({ import: importCustomers, list, errors });
