/** The blocks of an entry in their order, those of reused content blocks in the places they fill. */
import type { BlockData } from '../../../shared/content';

/** A component that stands for the blocks of another entry, by the relation that names it. */
export interface Reuse {
  readonly relation: string;
  readonly zones: readonly string[];
}

/** Where blocks stand in a type. */
export interface Layout {
  readonly zones: readonly string[];
  readonly reuseOf: (component: string) => Reuse | undefined;
}

/** Where a block stands in its entry. Ids change with every publish, so the key counts places. */
export interface PlacedBlock {
  /** `blocks.hero.0`: zone, component, which of that component. */
  readonly key: string;
  readonly zone: string;
  readonly block: BlockData;
  /** Equal for a block and the same block after the gate has copied its document. */
  readonly identity: string;
}

type Document = Readonly<Record<string, unknown>>;

export const placedBlocks = (document: Document, layout: Layout): readonly PlacedBlock[] =>
  placedWithin(document, layout.zones, layout.reuseOf, { key: '', identity: '' });

interface Place {
  readonly key: string;
  readonly identity: string;
}

function placedWithin(
  document: Document,
  zones: readonly string[],
  reuseOf: Layout['reuseOf'],
  around: Place,
): readonly PlacedBlock[] {
  const seen = new Map<string, number>();
  return zones.flatMap((zone) => {
    const blocks = document[zone];
    if (!Array.isArray(blocks)) return [];
    return (blocks as BlockData[]).flatMap((block): readonly PlacedBlock[] => {
      const stem = `${zone}.${block.__component.split('.').at(-1)}`;
      const nth = seen.get(stem) ?? 0;
      seen.set(stem, nth + 1);
      const key = `${around.key}${stem}.${nth}`;
      const identity = `${around.identity}${zone} ${block.__component} ${block.id}`;
      const reuse = reuseOf(block.__component);
      if (!reuse) return [{ key, zone, block, identity }];
      const inner = block[reuse.relation];
      if (typeof inner !== 'object' || inner === null) return [];
      const inside = { key: `${key}/`, identity: `${identity}/` };
      return placedWithin(inner as Document, reuse.zones, reuseOf, inside);
    });
  });
}

/** The key of an entry's own head (its title, its lead) in front of its blocks. */
export const ENTRY_KEY = 'entry';

/** The head of an entry as a block that everybody sees who may see the entry. */
export const entryHead = (uid: string, document: Document): PlacedBlock => ({
  key: ENTRY_KEY,
  zone: ENTRY_KEY,
  identity: ENTRY_KEY,
  block: { ...document, __component: uid, id: 0 },
});

/** The blocks of the gated document, by identity. */
export const visibleBlocks = (document: Document, layout: Layout): ReadonlySet<string> =>
  new Set(placedBlocks(document, layout).map(({ identity }) => identity));
