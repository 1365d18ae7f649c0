/** A block that comes with the plugin: its fields, and how it is drawn on every channel. */
import type { BlockData, BlockRenderers } from '../../../shared/content';
import type { ComponentSchema } from '../../kernel';

export interface BlockKind {
  readonly schema: ComponentSchema;
  /** All of them: what a block is not on a channel it says by drawing nothing. */
  readonly renderers: Required<BlockRenderers>;
}

export const audience = { type: 'customField', customField: 'plugin::crm.audience' } as const;

/** A text attribute; empty when it is not set. */
export function textOf(block: Readonly<Record<string, unknown>>, name: string): string {
  const value = block[name];
  return typeof value === 'string' ? value.trim() : '';
}

export interface StoredFile {
  readonly url: string;
  readonly width?: number | null;
  readonly height?: number | null;
}

/** A file of the media library, or null. */
export function fileOf(block: BlockData, name: string): StoredFile | null {
  const file = block[name];
  if (typeof file !== 'object' || file === null || !('url' in file)) return null;
  return typeof file.url === 'string' ? (file as StoredFile) : null;
}

/** The parts of a repeatable component. */
export function partsOf(
  block: BlockData,
  name: string,
): readonly Readonly<Record<string, unknown>>[] {
  const parts = block[name];
  if (!Array.isArray(parts)) return [];
  return parts.filter(
    (part): part is Readonly<Record<string, unknown>> => typeof part === 'object' && part !== null,
  );
}

/** What LINE asks a picture for at the most. */
export const FULL_WIDTH = 1040;
