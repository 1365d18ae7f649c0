/** Which source is stronger: the operator's order, kept where Strapi keeps settings of plugins. */
import type { Core } from '@strapi/strapi';

import { fieldSources, sourceOrderSchema, type FieldSource } from '../../../shared/field-sources';

const settingsOf = (strapi: Core.Strapi) =>
  strapi.store({ type: 'plugin', name: 'crm', key: 'field-source-order' });

export async function sourceOrder(strapi: Core.Strapi): Promise<readonly FieldSource[]> {
  const parsed = sourceOrderSchema.safeParse({ order: await settingsOf(strapi).get({}) });
  return parsed.success ? parsed.data.order : fieldSources;
}

export const setSourceOrder = async (
  strapi: Core.Strapi,
  order: readonly FieldSource[],
): Promise<void> => {
  await settingsOf(strapi).set({ value: order });
};
