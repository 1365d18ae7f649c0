import type { Core } from '@strapi/strapi';

export const ACCESS_FIELD = 'plugin::crm.access';
export const AUDIENCE_FIELD = 'plugin::crm.audience';

/** Both hold JSON; their inputs are `admin/access/`. */
export function registerCustomFields(strapi: Core.Strapi): void {
  const inputSize = { default: 12, isResizable: false } as const;
  strapi.customFields.register([
    { name: 'access', plugin: 'crm', type: 'json', inputSize },
    { name: 'audience', plugin: 'crm', type: 'json', inputSize },
  ]);
}

interface MarkableType {
  readonly attributes: Readonly<Record<string, { readonly customField?: string }>>;
  pluginOptions?: { crm?: Record<string, unknown> };
}

/** Tells the Content Manager's lists which attribute says who may read an entry. */
export function markGatedTypes(strapi: Core.Strapi): void {
  for (const type of Object.values(strapi.contentTypes) as unknown as MarkableType[]) {
    const field = Object.entries(type.attributes).find(
      ([, attribute]) => attribute.customField === ACCESS_FIELD,
    );
    if (!field) continue;
    const { crm, ...others } = type.pluginOptions ?? {};
    type.pluginOptions = { ...others, crm: { ...crm, accessField: field[0] } };
  }
}
