/** Contracts of the operator's own fields that members fill in themselves. */
import { z } from 'zod';

/** Types that a form of the site asks for; a moment in time is nothing a person enters. */
export const memberFieldTypes = ['text', 'number', 'boolean', 'date', 'choice'] as const;
export type MemberFieldType = (typeof memberFieldTypes)[number];

const label = z
  .string()
  .trim()
  .max(60)
  .refine((value) => !value.includes('\u0000'));

export const memberFieldSchema = z.object({
  /** Attribute of the customer that an operator added in the Content-Type Builder. */
  name: z.string().min(1).max(100),
  label: label.min(1),
  /** Null: the Japanese label stands on English pages too. */
  labelEn: label.nullable(),
  onRegistration: z.boolean(),
  onMyPage: z.boolean(),
  required: z.boolean(),
});
export type MemberField = z.infer<typeof memberFieldSchema>;

/** In the order of the forms; fields that are not named are never shown nor taken. */
export const memberFieldsSchema = z.object({ fields: z.array(memberFieldSchema).max(50) });

export const memberFieldsAnswerSchema = z.object({
  data: memberFieldsSchema.extend({
    /** Every field that may be asked for. */
    available: z.array(
      z.object({ name: z.string(), type: z.enum(memberFieldTypes), values: z.array(z.string()) }),
    ),
  }),
});
export type MemberFieldsAnswer = z.infer<typeof memberFieldsAnswerSchema>['data'];
