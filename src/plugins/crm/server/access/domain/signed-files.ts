/** Gives the addresses of gated files a proof that whoever reads them here may have them. Pure. */
import { isEntity, type Entity, type Gate } from './gate';
import type { GateModel } from './gate-model';
import { isClosedRule } from './placed-files';

export const FILE = 'plugin::upload.file';

export interface Signing extends Pick<Gate, 'models' | 'knowledge'> {
  readonly sign: (url: string) => string;
}

/**
 * The entity with signed addresses wherever a rule stands around a file; the same object when there
 * are none. The rules come from `knowledge`, as for the gate, so sign before anything is taken out.
 */
export function withSignedFiles(
  signing: Signing,
  uid: string,
  entity: Entity,
  guarded = false,
): Entity {
  const model = signing.models(uid);
  if (!model) return entity;
  const inside = guarded || isClosedRule(model, ruleOf(signing, model, entity));
  let changed: Record<string, unknown> | null = null;
  for (const [key, attribute] of Object.entries(model.nested)) {
    const value = entity[key];
    if (typeof value !== 'object' || value === null) continue;
    const next = mapParts(value, (part) => {
      if (attribute.kind !== 'relation') {
        const of = attribute.kind === 'component' ? attribute.component : String(part.__component);
        return withSignedFiles(signing, of, part, inside);
      }
      if (attribute.target === FILE) return inside ? signedFile(signing, part) : part;
      const target = attribute.target ?? String(part.__type ?? '');
      // Another entry has a rule of its own. What a file leads back to has no place of its own.
      return signing.models(target)?.isComponent ? part : withSignedFiles(signing, target, part);
    });
    if (next !== value) changed = { ...(changed ?? entity), [key]: next };
  }
  return changed ?? entity;
}

function ruleOf({ knowledge }: Signing, model: GateModel, entity: Entity): unknown {
  if (model.accessField) return knowledge.access(model, entity);
  return model.audienceField ? knowledge.audience(model, entity) : null;
}

function mapParts(value: object, map: (part: Entity) => Entity): unknown {
  if (!Array.isArray(value)) return map(value as Entity);
  const next = value.map((part: unknown) => (isEntity(part) ? map(part) : part));
  return next.some((part, index) => part !== value[index]) ? next : value;
}

/** A file and its smaller copies. */
export function signedFile({ sign }: Pick<Signing, 'sign'>, file: Entity): Entity {
  const formats = isEntity(file.formats)
    ? Object.fromEntries(
        Object.entries(file.formats).map(([name, copy]) => [
          name,
          isEntity(copy) && typeof copy.url === 'string' ? { ...copy, url: sign(copy.url) } : copy,
        ]),
      )
    : file.formats;
  const own = typeof file.url === 'string' ? { url: sign(file.url) } : {};
  return { ...file, ...own, ...('formats' in file ? { formats } : {}) };
}

/** Every signed address in an answer, by the bare one: for text that was made from the bare ones. */
export function signedAddresses(value: unknown, found = new Map<string, string>()) {
  if (Array.isArray(value)) for (const part of value) signedAddresses(part, found);
  else if (isEntity(value)) {
    const { url } = value;
    const end = typeof url === 'string' ? url.indexOf(`?${TOKEN}=`) : -1;
    if (typeof url === 'string' && end > 0) found.set(url.slice(0, end), url);
    for (const part of Object.values(value)) {
      if (typeof part === 'object') signedAddresses(part, found);
    }
  }
  return found;
}

/** The query parameter that carries the proof. */
export const TOKEN = 'token';
