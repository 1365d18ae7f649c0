/** What content reads from Strapi's models. */
import type { Core } from '@strapi/strapi';

import type { AttributeType } from './domain/pieces';
import type { Layout, Reuse } from './domain/placed-blocks';

export type Attributes = Readonly<Record<string, AttributeType>>;

interface Model {
  readonly attributes: Attributes;
  readonly info?: { readonly displayName?: string };
  /** `{ crm: { reuses: 'block' } }`: stands for the blocks of the entry in that relation. */
  readonly pluginOptions?: { readonly crm?: { readonly reuses?: unknown } };
}

const modelOf = (strapi: Core.Strapi, uid: string): Model | undefined =>
  strapi.getModel(uid as never) as unknown as Model | undefined;

export const attributesOf = (strapi: Core.Strapi, uid: string): Attributes =>
  modelOf(strapi, uid)?.attributes ?? {};

export const displayNameOf = (strapi: Core.Strapi, uid: string): string =>
  modelOf(strapi, uid)?.info?.displayName ?? uid;

export const accessFieldOf = (attributes: Attributes): string | undefined =>
  Object.keys(attributes).find((key) => attributes[key]?.customField === 'plugin::crm.access');

const zonesOf = (attributes: Attributes): readonly string[] =>
  Object.keys(attributes).filter((name) => attributes[name]?.type === 'dynamiczone');

export const layoutOf = (strapi: Core.Strapi, uid: string): Layout => ({
  zones: zonesOf(attributesOf(strapi, uid)),
  reuseOf: (component) => reuseOf(strapi, component),
});

function reuseOf(strapi: Core.Strapi, component: string): Reuse | undefined {
  const model = modelOf(strapi, component);
  const relation = model?.pluginOptions?.crm?.reuses;
  if (typeof relation !== 'string') return undefined;
  const target = model?.attributes[relation]?.target;
  return target ? { relation, zones: zonesOf(attributesOf(strapi, target)) } : undefined;
}
