/** Which relations a document is loaded with, worked out once per type from its attributes. */
import type { AttributeType } from './domain/pieces';

export interface PopulatableAttribute extends AttributeType {
  readonly components?: readonly string[];
}

export interface PopulatableModel {
  readonly attributes: Readonly<Record<string, PopulatableAttribute>>;
}

export type ModelOf = (uid: string) => PopulatableModel | undefined;

export type Populate = {
  readonly [attribute: string]: true | { readonly populate?: Populate; readonly on?: Populate };
};

/** Components to any depth, media, and one step of relations between types of the application. */
export function populateOf(modelOf: ModelOf, uid: string, withRelations = true): Populate {
  const attributes = modelOf(uid)?.attributes ?? {};
  const entries = Object.entries(attributes).flatMap(([name, attribute]) => {
    const value = attribute.private
      ? undefined
      : populateAttribute(modelOf, attribute, withRelations);
    return value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

function populateAttribute(
  modelOf: ModelOf,
  attribute: PopulatableAttribute,
  withRelations: boolean,
): Populate[string] | undefined {
  switch (attribute.type) {
    case 'media':
      return true;
    case 'component':
      return { populate: populateOf(modelOf, attribute.component ?? '', withRelations) };
    case 'dynamiczone':
      return {
        on: Object.fromEntries(
          (attribute.components ?? []).map((component) => [
            component,
            { populate: populateOf(modelOf, component, withRelations) },
          ]),
        ),
      };
    case 'relation':
      // People, roles and settings of plugins are no content.
      return withRelations && attribute.target?.startsWith('api::')
        ? { populate: populateOf(modelOf, attribute.target, false) }
        : undefined;
    default:
      return undefined;
  }
}

/** Removes private attributes and passwords, in components and relations too. */
export function withoutPrivate(modelOf: ModelOf, uid: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutPrivate(modelOf, uid, item));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const own = '__component' in value ? String(value.__component) : uid;
  const attributes = modelOf(own)?.attributes ?? {};
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const attribute = attributes[name];
    if (attribute?.private || attribute?.type === 'password') return [];
    const target = attribute?.target ?? attribute?.component;
    const nested = attribute?.type === 'dynamiczone' || target !== undefined;
    return [[name, nested ? withoutPrivate(modelOf, target ?? '', inner) : inner] as const];
  });
  return Object.fromEntries(kept);
}
