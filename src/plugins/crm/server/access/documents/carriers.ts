/** Content types that carry rules, in themselves or in their components. */
import type { Core } from '@strapi/strapi';

import type { GateModel, GateModels } from '../domain/gate-model';
import { allGateModels, gateModels } from '../gate-models';

const FILE = 'plugin::upload.file';

const carriersOf = new WeakMap<object, ReadonlyMap<string, GateModel>>();

export function carriers(strapi: Core.Strapi): ReadonlyMap<string, GateModel> {
  const existing = carriersOf.get(strapi);
  if (existing) return existing;
  const models = gateModels(strapi);
  const found = [...allGateModels(strapi).values()].filter(
    (model) => !model.isComponent && carries(models, model),
  );
  const created = new Map(found.map((model) => [model.uid, model]));
  carriersOf.set(strapi, created);
  return created;
}

function carries(models: GateModels, model: GateModel): boolean {
  if (model.accessField ?? model.audienceField) return true;
  return componentsOf(model).some((uid) => {
    const component = models(uid);
    return component !== undefined && carries(models, component);
  });
}

const componentsOf = (model: GateModel): readonly string[] =>
  Object.values(model.nested).flatMap((attribute) => {
    if (attribute.kind === 'component') return [attribute.component];
    return attribute.kind === 'zone' ? attribute.components : [];
  });

export type Populate = {
  readonly [attribute: string]: true | { readonly populate?: Populate; readonly on?: Populate };
};

/** All components to any depth, and the files in them. */
export function partsPopulate(models: GateModels, uid: string): Populate {
  const populate: Record<string, Populate[string]> = {};
  const of = (component: string) => ({ populate: partsPopulate(models, component) });
  for (const [name, attribute] of Object.entries(models(uid)?.nested ?? {})) {
    if (attribute.kind === 'component') populate[name] = of(attribute.component);
    else if (attribute.kind === 'zone') {
      const on = attribute.components.map((component) => [component, of(component)] as const);
      populate[name] = { on: Object.fromEntries(on) };
    } else if (attribute.target === FILE) populate[name] = true;
  }
  return populate;
}
