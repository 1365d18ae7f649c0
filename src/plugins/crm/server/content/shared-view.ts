import type { BlockData } from '../../shared/content';
import { unknownVisitor, type Entity, type GatedEntry, type Viewer } from '../access';
import type { AttributeType } from './domain/pieces';
import type { ContentDocument } from './index';

export interface SharedViewInput {
  readonly document: ContentDocument;
  readonly attributes: Readonly<Record<string, AttributeType>>;
  readonly zones: readonly string[];
  readonly blockAttributes: (uid: string) => Readonly<Record<string, AttributeType>>;
  readonly gate: (document: Entity, viewer: Viewer) => GatedEntry;
}

const RULES = new Set(['plugin::crm.access', 'plugin::crm.audience']);

/**
 * The document that blocks are drawn from, once for everybody: all its blocks, but what stands
 * inside a block (a related entry, a nested component) only as far as a stranger may see it. Which
 * blocks a person gets is decided after; what a block quotes from elsewhere must be open to all.
 */
export function sharedView(input: SharedViewInput): ContentDocument {
  const { document, attributes, zones, blockAttributes } = input;
  const opened: Record<string, unknown> = { ...document, ...withoutRules(attributes) };
  for (const zone of zones) {
    const blocks = document[zone];
    if (!Array.isArray(blocks)) continue;
    opened[zone] = (blocks as BlockData[]).map((block) => ({
      ...block,
      ...withoutRules(blockAttributes(block.__component)),
    }));
  }
  return (input.gate(opened, unknownVisitor).document ?? {}) as ContentDocument;
}

/** `{ audience: null }`: no rule of its own. */
function withoutRules(attributes: Readonly<Record<string, AttributeType>>): Record<string, null> {
  const ruled = Object.keys(attributes).filter((name) =>
    RULES.has(attributes[name]?.customField ?? ''),
  );
  return Object.fromEntries(ruled.map((name) => [name, null]));
}
