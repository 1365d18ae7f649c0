import type { BlockRenderers } from '../../../shared/content';
import type { AttributeType } from '../domain/pieces';
import { defaultRenderers } from './default';

export type RendererLookup = (uid: string) => Required<BlockRenderers>;

export interface RendererRegistry {
  register(uid: string, renderers: BlockRenderers): void;
  /** True when somebody registered renderers for exactly this uid. */
  has(uid: string): boolean;
  readonly of: RendererLookup;
}

/** Renderers by component uid; what was not registered is drawn from the attribute types. */
export function createRendererRegistry(
  attributesOf: (uid: string) => Readonly<Record<string, AttributeType>>,
): RendererRegistry {
  const own = new Map<string, BlockRenderers>();
  const complete = new Map<string, Required<BlockRenderers>>();
  return {
    register(uid, renderers) {
      own.set(uid, { ...own.get(uid), ...renderers });
      complete.delete(uid);
    },
    has: (uid) => own.has(uid),
    of(uid) {
      const known = complete.get(uid);
      if (known) return known;
      const made = { ...defaultRenderers(attributesOf(uid)), ...own.get(uid) };
      complete.set(uid, made);
      return made;
    },
  };
}
