/** One picture in one width. Few are kept and few are drawn at once: they are large. */
import sharp from 'sharp';

import { KeptInTurn } from '../../../shared/kept-in-turn';

export const WIDTHS = [240, 300, 460, 700, 1040] as const;
export type Kind = 'jpeg' | 'png';

/** A picture that says it is larger than this was made to fill the memory. */
const MAX_PIXELS = 60_000_000;

const pictures = new KeptInTurn<Buffer>({ mostKept: 60, mostAtOnce: 2, mostWaiting: 60 });

/** Null: too many wait already. `key` names file, width and kind. */
export const drawn = (
  key: string,
  { width, kind }: { readonly width: number; readonly kind: Kind },
  read: () => Promise<Buffer>,
): Promise<Buffer> | null => pictures.get(key, async () => draw(await read(), width, kind));

function draw(source: Buffer, width: number, kind: Kind): Promise<Buffer> {
  const sized = sharp(source, { limitInputPixels: MAX_PIXELS }).rotate().resize({ width });
  return kind === 'png'
    ? sized.png({ palette: true }).toBuffer()
    : sized.flatten({ background: '#ffffff' }).jpeg({ quality: 82 }).toBuffer();
}
