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
