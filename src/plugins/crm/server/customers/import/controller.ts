import { Readable } from 'node:stream';

import { z } from 'zod';

import {
  importCommands,
  importQuerySchema,
  importStartSchema,
  importUploadQuerySchema,
} from '../../../shared/imports';
import { action, controller, refuse, success } from '../../kernel';
import { importsService } from '../index';

const id = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });

const importCustomers = action(
  z.object({ query: importQuerySchema }),
  async ({ strapi, ctx, input, locale }) => {
    const { policy } = input.query;
    const options = { dryRun: input.query.dryRun === 'true', policy, reader: locale };
    const run = await importsService(strapi).run('customers', ctx, options);
    return run.ok ? success({ data: run.value }) : run;
  },
);

const upload = action(
  z.object({ query: importUploadQuerySchema }),
  async ({ strapi, ctx, input, locale }) => {
    const { kind, fileName } = input.query;
    const draft = await importsService(strapi).upload(kind, ctx, { fileName, reader: locale });
    return draft.ok ? success({ data: draft.value }) : draft;
  },
);

const draft = action(z.object({ params: id }), async ({ strapi, input, locale }) => {
  const found = await importsService(strapi).draft(input.params.id, locale);
  return found.ok ? success({ data: found.value }) : found;
});

const find = action(z.object({ params: id }), async ({ strapi, input, locale }) => {
  const found = await importsService(strapi).find(input.params.id, locale);
  return found.ok ? success({ data: found.value }) : found;
});

const start = action(
  z.object({ params: id, body: importStartSchema }),
  async ({ strapi, input }) => {
    const started = await importsService(strapi).start(input.params.id, input.body);
    return started.ok ? success({ data: started.value }) : started;
  },
);

const command = action(
  z.object({ params: id.extend({ command: z.enum(importCommands) }) }),
  async ({ strapi, input }) => {
    const { id: runId, command: wanted } = input.params;
    const changed = await importsService(strapi).command(runId, wanted);
    return changed.ok ? success({ data: changed.value }) : changed;
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
  ctx.body = Readable.from(file);
  return success(undefined);
});

export const importsController = controller({
  import: importCustomers,
  upload,
  draft,
  find,
  start,
  command,
  list,
  errors,
});
