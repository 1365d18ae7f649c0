/**
 * Writes that would drop a gate without anybody having said so: a program that sends blocks without
 * their Audience, a translation begun without Access, an old version restored. Pure.
 */
import { partsOf } from './references';
import { isEntity, type Entity } from './gate';
import type { GateModel, GateModels } from './gate-model';

interface Write {
  readonly data: Entity;
  /** The stored versions of the same document. */
  readonly versions: readonly Entity[];
}

/** Where a block that carries no Audience would replace gated ones: paths such as `blocks.2`. */
export function droppedBlockRules(
  models: GateModels,
  model: GateModel,
  { data, versions }: Write,
): string[] {
  return Object.keys(model.nested).flatMap((key) => {
    if (data[key] === undefined || model.nested[key]?.kind === 'relation') return [];
    const only = (entity: Entity) => partsOf(models, model.uid, { [key]: entity[key] });
    const gated = versions.some((version) => only(version).some(carriesRule));
    if (!gated) return [];
    return only(data)
      .filter(
        (part) => part.model.audienceField && part.entity[part.model.audienceField] === undefined,
      )
      .map(({ path }) => path.replace(/\.$/, ''));
  });
}

const carriesRule = ({ model, entity }: { model: GateModel; entity: Entity }): boolean =>
  model.audienceField !== undefined && (entity[model.audienceField] ?? null) !== null;

/** The same data, with the stored Audience in every block that names itself by id and brings none. */
export function withKnownRules(
  models: GateModels,
  model: GateModel,
  { data, versions }: Write,
): Entity {
  const known = new Map<string, unknown>();
  for (const version of versions) {
    for (const part of partsOf(models, model.uid, version)) {
      const { audienceField } = part.model;
      if (audienceField)
        known.set(keyOf(part.model, part.entity), part.entity[audienceField] ?? null);
    }
  }
  const complete = (uid: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => complete(uid, one));
    if (!isEntity(value)) return value;
    const part = models(uid === '' ? String(value.__component) : uid);
    if (!part) return value;
    const filled: Entity = { ...value };
    const field = part.audienceField;
    if (field && value[field] === undefined && known.has(keyOf(part, value))) {
      filled[field] = known.get(keyOf(part, value));
    }
    for (const [key, attribute] of Object.entries(part.nested)) {
      if (attribute.kind === 'relation' || value[key] === undefined) continue;
      filled[key] = complete(attribute.kind === 'component' ? attribute.component : '', value[key]);
    }
    return filled;
  };
  return complete(model.uid, data) as Entity;
}

const keyOf = (model: GateModel, entity: Entity): string => `${model.uid}:${String(entity.id)}`;
