import type { BlockData } from '../../shared/content';
import { unknownVisitor, type Entity, type GatedEntry, type Viewer } from '../access';
import type { AttributeType } from './domain/pieces';
import type { Layout } from './domain/placed-blocks';
import type { ContentDocument } from './index';

export interface SharedViewInput {
  readonly document: ContentDocument;
  readonly uid: string;
  readonly layout: Layout;
  readonly attributesOf: (uid: string) => Readonly<Record<string, AttributeType>>;
  readonly gate: (document: Entity, viewer: Viewer) => GatedEntry;
}

const RULES = new Set(['plugin::crm.access', 'plugin::crm.audience']);

/**
 * The document that blocks are drawn from, once for everybody: all its blocks, those of reused
 * content blocks too, but what stands inside a block (a related entry, a nested component) only as
 * far as a stranger may see it. Which blocks a person gets is decided after; what a block quotes
 * from elsewhere must be open to all.
 */
export function sharedView(input: SharedViewInput): ContentDocument {
  const { document, uid, layout, attributesOf } = input;
  const opened = {
    ...openedZones(input, document, layout.zones),
    ...withoutRules(attributesOf(uid)),
  };
  return (input.gate(opened, unknownVisitor).document ?? {}) as ContentDocument;
}

function openedZones(
  input: SharedViewInput,
  document: Readonly<Record<string, unknown>>,
  zones: readonly string[],
): Record<string, unknown> {
  const opened: Record<string, unknown> = { ...document };
  for (const zone of zones) {
    const blocks = document[zone];
    if (Array.isArray(blocks)) {
      opened[zone] = (blocks as BlockData[]).map((block) => openedBlock(input, block));
    }
  }
  return opened;
}

function openedBlock(input: SharedViewInput, block: BlockData): BlockData {
  const { attributesOf, layout } = input;
  const attributes = attributesOf(block.__component);
  const open = { ...block, ...withoutRules(attributes) };
  const reuse = layout.reuseOf(block.__component);
  const inner = reuse && block[reuse.relation];
  if (!reuse || typeof inner !== 'object' || inner === null) return open;
  const target = attributes[reuse.relation]?.target ?? '';
  return {
    ...open,
    [reuse.relation]: {
      ...openedZones(input, inner as Readonly<Record<string, unknown>>, reuse.zones),
      ...withoutRules(attributesOf(target)),
    },
  };
}

/** `{ audience: null }`: no rule of its own. */
function withoutRules(attributes: Readonly<Record<string, AttributeType>>): Record<string, null> {
  const ruled = Object.keys(attributes).filter((name) =>
    RULES.has(attributes[name]?.customField ?? ''),
  );
  return Object.fromEntries(ruled.map((name) => [name, null]));
}
