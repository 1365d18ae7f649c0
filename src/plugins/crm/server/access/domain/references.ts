/** What rules refer to, and where in an entry they stand. Pure. */
import {
  accessSchema,
  blockAudienceSchema,
  type Audience,
  type Otherwise,
} from '../../../shared/access';
import type { ReferenceKind } from '../../../shared/access-rules';
import { isEntity, type Entity } from './gate';
import type { GateModel, GateModels } from './gate-model';

export interface Reference {
  readonly kind: ReferenceKind;
  /** The key or documentId; empty for a value that is no rule at all. */
  readonly ref: string;
}

/** Everything that a rule names, so that it can be found from the other end. */
export function referencesOf(audience: Audience): Reference[] {
  switch (audience.type) {
    case 'segments':
      return audience.ids.map((ref) => ({ kind: 'segment', ref }));
    case 'tiers':
      return audience.keys.map((ref) => ({ kind: 'tier', ref }));
    case 'plans':
      return audience.keys.map((ref) => ({ kind: 'plan', ref }));
    case 'rule':
      return [{ kind: 'rule', ref: audience.id }];
    case 'and':
    case 'or':
      return audience.of.flatMap(referencesOf);
    case 'not':
      return referencesOf(audience.of);
    default:
      return [];
  }
}

/** A stored rule, where it stands: `access`, `blocks.2.audience`. */
export interface PlacedRule {
  readonly path: string;
  readonly field: 'access' | 'audience';
  readonly stored: unknown;
}

export interface Placed {
  readonly path: string;
  readonly model: GateModel;
  readonly entity: Entity;
}

/** The entry and every component in it, outermost first. Relations are other entries' affair. */
export function partsOf(models: GateModels, uid: string, entity: Entity, path = ''): Placed[] {
  const model = models(uid);
  if (!model) return [];
  const inner = Object.entries(model.nested).flatMap(([key, attribute]) => {
    if (attribute.kind === 'relation') return [];
    const value = entity[key];
    const list = Array.isArray(value);
    return (list ? value : [value]).flatMap((part: unknown, index) => {
      if (!isEntity(part)) return [];
      const of = attribute.kind === 'component' ? attribute.component : String(part.__component);
      return partsOf(models, of, part, `${path}${key}.${list ? `${index}.` : ''}`);
    });
  });
  return [{ path, model, entity }, ...inner];
}

export function placedRules(models: GateModels, uid: string, entity: Entity): PlacedRule[] {
  return partsOf(models, uid, entity).flatMap(({ path, model, entity: part }) => {
    const field = model.accessField ?? model.audienceField;
    if (!field || part[field] === undefined || part[field] === null) return [];
    const kind = model.accessField ? 'access' : 'audience';
    return [{ path: path + field, field: kind, stored: part[field] }];
  });
}

interface ParsedRule {
  readonly audience: Audience;
  readonly otherwise?: Otherwise;
}

/** Null for what is no rule. */
export function parseRule({ field, stored }: PlacedRule): ParsedRule | null {
  const schema = field === 'access' ? accessSchema : blockAudienceSchema;
  const parsed = schema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** The references of all rules of an entry, with their places. */
export const entryReferences = (models: GateModels, uid: string, entity: Entity) =>
  placedRules(models, uid, entity).flatMap((placed) => {
    const rule = parseRule(placed);
    const refs: Reference[] = rule ? referencesOf(rule.audience) : [{ kind: 'invalid', ref: '' }];
    return refs.map((reference) => ({ ...reference, path: placed.path }));
  });
