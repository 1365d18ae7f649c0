/** Contracts of work on many customers at once: views of the list, bulk actions, exports. */
import { z } from 'zod';

import { customerFilterSchema, customerSorts } from './customers';

/** A view of the list as it is kept: what narrows it, its order, its columns. */
export const customerViewQuerySchema = customerFilterSchema.extend({
  sort: z.enum(customerSorts).default('newest'),
  columns: z.array(z.string().max(100)).max(30).default([]),
});
export type CustomerViewQuery = z.infer<typeof customerViewQuerySchema>;

export const customerViewInputSchema = z.object({
  name: z.string().trim().min(1).max(60),
  query: customerViewQuerySchema,
});

export const customerViewSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  query: customerViewQuerySchema,
  /** Whoever asks has made it, or is a super admin: others see and use it. */
  mayChange: z.boolean(),
});
export type CustomerView = z.infer<typeof customerViewSchema>;

export const customerViewsSchema = z.object({ data: z.array(customerViewSchema) });

const tag = z.string().trim().min(1).max(50);

/** What is done to everybody who is meant. */
export const bulkActionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('addTag'), value: tag }),
  z.object({ kind: z.literal('removeTag'), value: tag }),
  z.object({ kind: z.literal('setOwner'), value: z.number().int().positive().nullable() }),
  z.object({
    kind: z.literal('setLifecycle'),
    value: z.string().trim().min(1).max(255).nullable(),
  }),
]);
export type BulkAction = z.infer<typeof bulkActionSchema>;

/** Who is meant: people chosen one by one, or all that a list shows. */
export const bulkInputSchema = z
  .object({
    action: bulkActionSchema,
    ids: z.array(z.number().int().positive()).min(1).max(10_000).optional(),
    filter: customerFilterSchema.optional(),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined));
export type BulkInput = z.infer<typeof bulkInputSchema>;

export const bulkStatuses = ['queued', 'running', 'done', 'undoing', 'undone', 'failed'] as const;

export const bulkRunSchema = z.object({
  id: z.number().int(),
  action: bulkActionSchema,
  status: z.enum(bulkStatuses),
  /** People it will look at: exact up to the bound of the list's own count. */
  total: z.number().int(),
  /** People looked at so far. */
  done: z.number().int(),
  /** Of those, whom the action changed. */
  changed: z.number().int(),
  startedAt: z.number(),
});
export type BulkRun = z.infer<typeof bulkRunSchema>;

export const bulkAnswerSchema = z.object({ data: bulkRunSchema });

export const exportEncodings = ['utf8', 'cp932'] as const;
export type ExportEncoding = (typeof exportEncodings)[number];

export const exportQuerySchema = customerFilterSchema.extend({
  /** Comma-separated keys; all when left out. */
  fields: z.string().max(5000).optional(),
  encoding: z.enum(exportEncodings).default('utf8'),
});
export type ExportQuery = z.infer<typeof exportQuerySchema>;

export const exportFieldsSchema = z.object({
  data: z.array(z.object({ key: z.string(), label: z.string() })),
});

/** What an encoding cannot hold; such characters are exported as 〓. */
export const exportCheckSchema = z.object({
  data: z.object({
    rows: z.number().int(),
    unencodable: z.number().int(),
    samples: z.array(
      z.object({ customerId: z.number().int(), field: z.string(), text: z.string() }),
    ),
  }),
});
export type ExportCheck = z.infer<typeof exportCheckSchema>['data'];
