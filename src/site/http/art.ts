/** `/art/<name>.svg` and `/art/<name>.png?w=…`: sleeves, for the site and for mail and LINE. */
import type { Context } from 'koa';
import sharp from 'sharp';

import { artSvg, isArtName } from '../art';

const YEAR = 'public, max-age=31536000, immutable';
const WIDTHS = new Set([240, 480, 600, 1200]);
const MAX_KEPT = 200;
const MAX_AT_ONCE = 3;
const MAX_WAITING = 60;

const pictures = new Map<string, Promise<Buffer>>();
const waiting: (() => void)[] = [];
let drawing = 0;

export async function art(ctx: Context): Promise<void> {
  const [, name = '', kind] = /^([a-z0-9-]+)\.(svg|png)$/.exec(String(ctx.params.file)) ?? [];
  const width = Number(ctx.query.w ?? 600);
  if (!isArtName(name) || !WIDTHS.has(width)) return ctx.throw(404);
  if (kind === 'png' && waiting.length >= MAX_WAITING && !pictures.has(`${name} ${width}`)) {
    ctx.set('Retry-After', '1');
    return ctx.throw(503);
  }
  ctx.set('Cache-Control', YEAR);
  ctx.type = kind === 'png' ? 'image/png' : 'image/svg+xml';
  ctx.body = kind === 'png' ? await picture(name, width) : artSvg(name);
}

/** Names can be made up without end, so few pictures are kept and few are drawn at once. */
function picture(name: string, width: number): Promise<Buffer> {
  const key = `${name} ${width}`;
  const known = pictures.get(key);
  if (known) return known;
  const made = inTurn(() =>
    sharp(Buffer.from(artSvg(name)), { density: (72 * width) / 600 })
      .resize(width, width)
      .png({ palette: true })
      .toBuffer(),
  );
  const oldest = pictures.keys().next().value;
  if (pictures.size >= MAX_KEPT && oldest !== undefined) pictures.delete(oldest);
  pictures.set(key, made);
  made.catch(() => pictures.delete(key));
  return made;
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
