/** `/art/<name>.svg` and `/art/<name>.png?w=…`: sleeves, for the site and for mail and LINE. */
import type { Context } from 'koa';
import sharp from 'sharp';

import { KeptInTurn } from '../../plugins/crm/shared/kept-in-turn';
import { artSvg, isArtName } from '../art';

const YEAR = 'public, max-age=31536000, immutable';
const WIDTHS = new Set([240, 480, 600, 1200]);

/** Names can be made up without end, so few pictures are kept and few are drawn at once. */
const pictures = new KeptInTurn<Buffer>({ mostKept: 200, mostAtOnce: 3, mostWaiting: 60 });

export async function art(ctx: Context): Promise<void> {
  const [, name = '', kind] = /^([a-z0-9-]+)\.(svg|png)$/.exec(String(ctx.params.file)) ?? [];
  const width = Number(ctx.query.w ?? 600);
  if (!isArtName(name) || !WIDTHS.has(width)) return ctx.throw(404);
  const drawn =
    kind === 'png' ? pictures.get(`${name} ${width}`, () => picture(name, width)) : artSvg(name);
  if (drawn === null) {
    ctx.set('Retry-After', '1');
    return ctx.throw(503);
  }
  ctx.set('Cache-Control', YEAR);
  ctx.type = kind === 'png' ? 'image/png' : 'image/svg+xml';
  ctx.body = await drawn;
}

const picture = (name: string, width: number): Promise<Buffer> =>
  sharp(Buffer.from(artSvg(name)), { density: (72 * width) / 600 })
    .resize(width, width)
    .png({ palette: true })
    .toBuffer();
