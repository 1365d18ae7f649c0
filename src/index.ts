import type { Core } from '@strapi/strapi';

/** Until the plugin registers its two fields, the types that carry them could not load. */
function registerFieldsIfMissing(strapi: Core.Strapi): void {
  const known: object = strapi.get('custom-fields').getAll();
  for (const name of ['access', 'audience']) {
    if (`plugin::crm.${name}` in known) continue;
    strapi.customFields.register({ name, plugin: 'crm', type: 'json' });
  }
}

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    registerFieldsIfMissing(strapi);
  },
  bootstrap(_: { strapi: Core.Strapi }) {},
};
