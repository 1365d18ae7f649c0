/** Components that content types of the plugin are made of; Strapi itself loads the application's only. */
import type { Core } from '@strapi/strapi';

export interface ComponentSchema {
  readonly collectionName: string;
  readonly info: { readonly displayName: string; readonly icon?: string };
  readonly options: object;
  readonly attributes: Readonly<Record<string, object>>;
}

const CATEGORY = 'crm';

/** In `register`, before Strapi turns its models into tables. The shape is that of Strapi's loader. */
export function addComponents(
  strapi: Core.Strapi,
  components: Readonly<Record<string, ComponentSchema>>,
): void {
  for (const [name, schema] of Object.entries(components)) {
    const uid = `${CATEGORY}.${name}`;
    const own = structuredClone(schema);
    strapi.get('components').set(uid, {
      ...own,
      __schema__: structuredClone(schema),
      uid,
      category: CATEGORY,
      modelType: 'component',
      modelName: name,
      globalId: `ComponentCrm${name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`,
    });
  }
}
