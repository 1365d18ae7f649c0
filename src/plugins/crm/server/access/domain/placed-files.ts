/** Which files of an entry stand where only some may look. Pure. */
import { accessSchema, blockAudienceSchema } from '../../../shared/access';
import { isEntity, ownKnowledge, type Entity } from './gate';
import type { GateModel, GateModels } from './gate-model';

export interface PlacedFile {
  readonly fileId: number;
  readonly holderType: string;
  readonly holderId: number;
  readonly gated: boolean;
}

const FILE = 'plugin::upload.file';

/** `entity` is loaded with its components and files; `gated`: something around it is. */
export function placedFiles(
  models: GateModels,
  uid: string,
  entity: Entity,
  gated = false,
): PlacedFile[] {
  const model = models(uid);
  if (!model) return [];
  const closed = gated || isClosed(model, entity);
  return Object.entries(model.nested).flatMap(([key, attribute]) => {
    const value = entity[key];
    const parts = (Array.isArray(value) ? value : [value]).filter(isEntity);
    if (attribute.kind === 'relation') {
      if (attribute.target !== FILE) return [];
      const inTeaser = closed && !gated && isTeaser(model, entity, key);
      return parts.map((file) => ({
        fileId: Number(file.id),
        holderType: uid,
        holderId: Number(entity.id),
        gated: closed && !inTeaser,
      }));
    }
    const open = !gated && closed ? openParts(models, model, entity, key) : new Set<Entity>();
    return parts.flatMap((part) => {
      const of = attribute.kind === 'component' ? attribute.component : String(part.__component);
      return placedFiles(models, of, part, closed && !open.has(part));
    });
  });
}

/** Does this entry or block carry a rule that is not for everyone? What is no rule closes it too. */
function isClosed(model: GateModel, entity: Entity): boolean {
  const field = model.accessField ?? model.audienceField;
  return isClosedRule(model, field === undefined ? null : (entity[field] ?? null));
}

/** `stored` as it is in the database; null is no rule, anything that cannot be read closes. */
export function isClosedRule(model: GateModel, stored: unknown): boolean {
  if (stored === null) return false;
  const rule = (model.accessField ? accessSchema : blockAudienceSchema).safeParse(stored);
  return !rule.success || rule.data.audience.type !== 'everyone';
}

function isTeaser(model: GateModel, entity: Entity, key: string): boolean {
  const rule = accessSchema.safeParse(entity[model.accessField ?? '']);
  return rule.success && rule.data.otherwise === 'teaser' && model.teaser.has(key);
}

function openParts(models: GateModels, model: GateModel, entity: Entity, key: string) {
  if (!isTeaser(model, entity, key)) return new Set<Entity>();
  const value = entity[key];
  if (model.nested[key]?.kind === 'zone' && Array.isArray(value)) {
    return new Set(ownKnowledge(models).beforeDivider(model, entity, key));
  }
  return new Set((Array.isArray(value) ? value : [value]).filter(isEntity));
}
