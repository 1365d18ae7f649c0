import { z } from 'zod';

const attributeSchema = z.looseObject({
  type: z.literal('enumeration'),
  pluginOptions: z
    .looseObject({ crm: z.looseObject({ choices: z.string() }).optional() })
    .optional(),
});

/**
 * Under which name an enumeration keeps the words for its values
 * (`pluginOptions: { crm: { choices: 'line-auto-reply.match' } }`); null of every other attribute.
 */
export function choicesOf(attribute: unknown): string | null {
  const { data } = attributeSchema.safeParse(attribute);
  return data?.pluginOptions?.crm?.choices ?? null;
}

export const choiceId = (choices: string, value: string): string =>
  `crm.choices.${choices}.${value}`;
