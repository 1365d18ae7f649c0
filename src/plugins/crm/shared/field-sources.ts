/** Contracts of where a field's value came from, and which source may replace which. */
import { z } from 'zod';

/** Who told a value, the strongest first unless the operator says otherwise. */
export const fieldSources = ['staff', 'member', 'form', 'line', 'api', 'import'] as const;
export const fieldSourceSchema = z.enum(fieldSources);
export type FieldSource = (typeof fieldSources)[number];

export const originSchema = z.object({
  source: fieldSourceSchema,
  at: z.number(),
  /** Id of the staff member or the import; null where there is none. */
  ref: z.string().nullable(),
  /** Name of the staff member, or of the file; null when it is not known any more. */
  by: z.string().nullable(),
});

export const sourcedValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const pastValueSchema = z.object({
  field: z.string(),
  value: sourcedValueSchema,
  /** Null: it came before sources were kept, or from where none was named. */
  origin: originSchema.nullable(),
});

/** One change of a record: what it replaced, and what it was refused because a stronger source held it. */
export const fieldEventSchema = z.object({
  id: z.number().int(),
  at: z.number(),
  origin: originSchema.nullable(),
  replaced: z.array(pastValueSchema),
  refused: z.array(z.object({ field: z.string(), value: sourcedValueSchema })),
});
export type FieldEvent = z.infer<typeof fieldEventSchema>;

/** Fields by their names; the operator's own as `custom.<name>`. */
export const recordSourcesSchema = z.object({
  data: z.object({ fields: z.array(pastValueSchema), history: z.array(fieldEventSchema) }),
});
export type RecordSources = z.infer<typeof recordSourcesSchema>['data'];

/** Every source once, the strongest first. */
export const sourceOrderSchema = z.object({
  order: z
    .array(fieldSourceSchema)
    .length(fieldSources.length)
    .refine((order) => new Set(order).size === order.length),
});
export const sourceOrderAnswerSchema = z.object({ data: sourceOrderSchema });
