/**
 * What the server knows of everything in an answer, loaded by uid and row id: one statement a type,
 * however many entries and however deep. What was selected plays no part.
 */
import type { Core } from '@strapi/strapi';

import { allGateModels } from '../gate-models';
import { decideEntry, isEntity, type Entity, type Knowledge } from '../domain/gate';
import type { GateModel, GateModels } from '../domain/gate-model';
import type { Viewer } from '../domain/viewer';
import { settingOf } from '../setting';
import { blocksOfZone, rulesOf } from './store';

type Rules = Map<string, Map<number, unknown>>;

/** Kept for one reading request, so that the entries of a list share their statements. */
export interface Loaded {
  readonly rules: Rules;
  /** `uid:id:zone` → the blocks up to the divider, as `uid:id`. */
  readonly teasers: Map<string, ReadonlySet<string>>;
}

export const nothingLoaded = (): Loaded => ({ rules: new Map(), teasers: new Map() });

const idOf = (entity: Entity): number => (typeof entity.id === 'number' ? entity.id : NaN);

interface Found {
  readonly model: GateModel;
  readonly entity: Entity;
}

/** Every entry and block in the tree whose type carries a rule. */
export function findGated(models: GateModels, uid: string, data: unknown): Found[] {
  if (Array.isArray(data)) return data.flatMap((entry) => findGated(models, uid, entry));
  const model = models(uid);
  if (!model || !isEntity(data)) return [];
  const own = (model.accessField ?? model.audienceField) ? [{ model, entity: data }] : [];
  const inner = Object.entries(model.nested).flatMap(([key, attribute]) => {
    const value = data[key];
    if (attribute.kind === 'component') return findGated(models, attribute.component, value);
    if (attribute.kind === 'relation' && attribute.target) {
      return findGated(models, attribute.target, value);
    }
    const mixed = Array.isArray(value) ? value : [value];
    return mixed.filter(isEntity).flatMap((entity) => {
      const type = entity.__component ?? entity.__type;
      return findGated(models, typeof type === 'string' ? type : '', entity);
    });
  });
  return [...own, ...inner];
}

export async function load(
  strapi: Core.Strapi,
  loaded: Loaded,
  found: readonly Found[],
  viewer: Viewer,
): Promise<void> {
  const setting = settingOf(strapi);
  const byUid = new Map<string, Found[]>();
  for (const one of found) {
    byUid.set(one.model.uid, [...(byUid.get(one.model.uid) ?? []), one]);
  }
  for (const [uid, some] of byUid) await loadRules(strapi, loaded, uid, some);
  for (const [uid, some] of byUid) {
    const withheld = some.filter(
      ({ model, entity }) =>
        model.accessField && !decideEntry(ruleOf(loaded, model, entity), viewer, setting).allow,
    );
    await loadTeasers(strapi, loaded, uid, withheld);
  }
}

async function loadRules(strapi: Core.Strapi, loaded: Loaded, uid: string, some: readonly Found[]) {
  const model = some[0]?.model;
  const field = model?.accessField ?? model?.audienceField;
  if (!field) return;
  const known = loaded.rules.get(uid) ?? new Map<number, unknown>();
  loaded.rules.set(uid, known);
  const ids = new Set(some.map(({ entity }) => idOf(entity)));
  const missing = [...ids].filter((id) => Number.isInteger(id) && !known.has(id));
  if (missing.length === 0) return;
  for (const [id, rule] of await rulesOf(strapi, { uid, field }, missing)) known.set(id, rule);
}

async function loadTeasers(
  strapi: Core.Strapi,
  loaded: Loaded,
  uid: string,
  withheld: readonly Found[],
) {
  const model = withheld[0]?.model;
  if (!model) return;
  const zones = Object.keys(model.nested).filter(
    (zone) => model.nested[zone]?.kind === 'zone' && model.teaser.has(zone),
  );
  for (const zone of zones) {
    const ids = withheld.map(({ entity }) => idOf(entity)).filter(Number.isInteger);
    const missing = ids.filter((id) => !loaded.teasers.has(`${uid}:${id}:${zone}`));
    const blocks = await blocksOfZone(strapi, uid, zone, missing);
    const models = dividersOf(strapi);
    for (const id of missing) {
      const own = blocks.filter((block) => block.entryId === id);
      const end = own.findIndex((block) => models.has(block.uid));
      const kept = end < 0 ? [] : own.slice(0, end + 1);
      const keys = kept.map((block) => `${block.uid}:${block.id}`);
      loaded.teasers.set(`${uid}:${id}:${zone}`, new Set(keys));
    }
  }
}

function dividersOf(strapi: Core.Strapi): ReadonlySet<string> {
  const models = [...allGateModels(strapi).values()];
  return new Set(models.filter((model) => model.isDivider).map((model) => model.uid));
}

const ruleOf = (loaded: Loaded, model: GateModel, entity: Entity): unknown =>
  loaded.rules.get(model.uid)?.get(idOf(entity));

export function knowledgeOf(loaded: Loaded): Knowledge {
  return {
    access: (model, entity) => ruleOf(loaded, model, entity),
    audience: (model, entity) => ruleOf(loaded, model, entity),
    beforeDivider(model, entity, zone) {
      const kept = loaded.teasers.get(`${model.uid}:${idOf(entity)}:${zone}`);
      const blocks = (entity[zone] as unknown[]).filter(isEntity);
      return blocks.filter((block) => kept?.has(`${String(block.__component)}:${idOf(block)}`));
    },
  };
}
