/** One picture in one width. Few are kept and few are drawn at once: they are large. */
import sharp from 'sharp';

export const WIDTHS = [240, 300, 460, 700, 1040] as const;
export type Kind = 'jpeg' | 'png';

const MAX_KEPT = 60;
const MAX_AT_ONCE = 2;
const MAX_WAITING = 60;
/** A picture that says it is larger than this was made to fill the memory. */
const MAX_PIXELS = 60_000_000;

const kept = new Map<string, Promise<Buffer>>();
const waiting: (() => void)[] = [];
let drawing = 0;

/** Null: too many wait already. `key` names file, width and kind. */
export function drawn(
  key: string,
  { width, kind }: { readonly width: number; readonly kind: Kind },
  read: () => Promise<Buffer>,
): Promise<Buffer> | null {
  const known = kept.get(key);
  if (known) return known;
  if (waiting.length >= MAX_WAITING) return null;
  const made = inTurn(async () => draw(await read(), width, kind));
  const oldest = kept.keys().next().value;
  if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, made);
  made.catch(() => kept.delete(key));
  return made;
}

function draw(source: Buffer, width: number, kind: Kind): Promise<Buffer> {
  const sized = sharp(source, { limitInputPixels: MAX_PIXELS }).rotate().resize({ width });
  return kind === 'png'
    ? sized.png({ palette: true }).toBuffer()
    : sized.flatten({ background: '#ffffff' }).jpeg({ quality: 82 }).toBuffer();
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (drawing >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  drawing += 1;
  try {
    return await work();
  } finally {
    drawing -= 1;
    waiting.shift()?.();
  }
}
