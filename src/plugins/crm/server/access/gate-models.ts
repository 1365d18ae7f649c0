/** Reads from Strapi's models which types and components carry the fields. Once, at boot. */
import type { Core } from '@strapi/strapi';

import { ACCESS_FIELD, AUDIENCE_FIELD } from './custom-fields';
import type { GateAttribute, GateModel, GateModels } from './domain/gate-model';

interface Attribute {
  readonly type: string;
  readonly customField?: string;
  readonly target?: string;
  readonly component?: string;
  readonly components?: readonly string[];
  readonly options?: { readonly teaser?: unknown };
}

interface Schema {
  readonly uid: string;
  readonly modelType?: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly pluginOptions?: { readonly crm?: { readonly teaserDivider?: unknown } };
}

const scanned = new WeakMap<object, ReadonlyMap<string, GateModel>>();

export function allGateModels(strapi: Core.Strapi): ReadonlyMap<string, GateModel> {
  const existing = scanned.get(strapi);
  if (existing) return existing;
  const schemas = [
    ...Object.values(strapi.contentTypes),
    ...Object.values(strapi.components),
  ] as unknown as Schema[];
  const models = new Map(schemas.map((schema) => [schema.uid, modelOf(schema)]));
  scanned.set(strapi, models);
  return models;
}

export function gateModels(strapi: Core.Strapi): GateModels {
  const models = allGateModels(strapi);
  return (uid) => models.get(uid);
}

function modelOf(schema: Schema): GateModel {
  const attributes = Object.entries(schema.attributes);
  const fieldOf = (customField: string) =>
    attributes.find(([, attribute]) => attribute.customField === customField);
  const [accessField, access] = fieldOf(ACCESS_FIELD) ?? [];
  const [audienceField] = fieldOf(AUDIENCE_FIELD) ?? [];
  const teaser: unknown[] = Array.isArray(access?.options?.teaser) ? access.options.teaser : [];
  return {
    uid: schema.uid,
    isComponent: schema.modelType === 'component',
    ...(accessField ? { accessField } : {}),
    ...(audienceField ? { audienceField } : {}),
    teaser: new Set(teaser.map(String)),
    isDivider: schema.pluginOptions?.crm?.teaserDivider === true,
    nested: Object.fromEntries(
      attributes.flatMap(([name, attribute]) => {
        const nested = nestedOf(attribute);
        return nested ? [[name, nested]] : [];
      }),
    ),
  };
}

function nestedOf(attribute: Attribute): GateAttribute | null {
  if (attribute.type === 'relation') return { kind: 'relation', target: attribute.target };
  // A file knows the entries that use it, so it is a way to them as any relation is.
  if (attribute.type === 'media') return { kind: 'relation', target: 'plugin::upload.file' };
  if (attribute.type === 'component' && attribute.component) {
    return { kind: 'component', component: attribute.component };
  }
  if (attribute.type === 'dynamiczone') {
    return { kind: 'zone', components: attribute.components ?? [] };
  }
  return null;
}

const touchingOf = new WeakMap<object, ReadonlySet<string>>();

/** Types and components from which something gated can be reached by populating. */
export function touchesGate(strapi: Core.Strapi): ReadonlySet<string> {
  const existing = touchingOf.get(strapi);
  if (existing) return existing;
  const models = [...allGateModels(strapi).values()];
  const touching = new Set(
    models.filter((model) => model.accessField ?? model.audienceField).map((model) => model.uid),
  );
  const reaches = (model: GateModel) =>
    Object.values(model.nested)
      .flatMap(targetsOf)
      .some((uid) => touching.has(uid));
  for (let before = -1; before !== touching.size;) {
    before = touching.size;
    for (const model of models.filter(reaches)) touching.add(model.uid);
  }
  touchingOf.set(strapi, touching);
  return touching;
}

function targetsOf(attribute: GateAttribute): readonly string[] {
  if (attribute.kind === 'component') return [attribute.component];
  if (attribute.kind === 'zone') return attribute.components;
  return attribute.target ? [attribute.target] : [];
}
