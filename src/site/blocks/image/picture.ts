import type { BlockData } from '../block';

export interface Picture {
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
}

/** The uploaded file of an image block, if it has one. */
export function pictureOf(block: BlockData): Picture | null {
  const image = block.image;
  if (typeof image !== 'object' || image === null || !('url' in image)) return null;
  return typeof image.url === 'string' ? (image as Picture) : null;
}
