/** `/m/pictures/<token>/<width>`: JPEG; `<width>.png` where LINE wants that. Anybody with the token. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { accessService } from '../../access';
import { action, controller, outbound, refuse, success } from '../../kernel';
import { pictureOf } from './address';
import { drawn, WIDTHS } from './draw';

const MAX_BYTES = 20 * 1024 * 1024;
const YEAR = 'public, max-age=31536000, immutable';

const askedSchema = z.object({
  params: z.object({
    token: z.string().max(3000),
    file: z.string().regex(/^\d{3,4}(\.png)?$/),
  }),
});

const UPLOADED = /^\/uploads\/([^/?#]+)(?:\?|$)/;

/** From our own disk, or from the object store that the media library lies in. */
function reader(strapi: Core.Strapi, address: string): () => Promise<Buffer> {
  const [, name] = UPLOADED.exec(address) ?? [];
  if (name === undefined) return () => outbound(strapi).bytes(address, { host: /./ }, MAX_BYTES);
  const file = path.basename(decodeURIComponent(name));
  return () => readFile(path.join(strapi.dirs.static.public, 'uploads', file));
}

export const picturesController = controller({
  show: action(askedSchema, async ({ strapi, ctx, input }) => {
    const { token, file } = input.params;
    const width = WIDTHS.find((one) => one === parseInt(file, 10));
    const address = width && pictureOf(strapi, token);
    if (!address) return refuse('kernel.not-found', 404);
    if (!(await accessService(strapi).opensFile(address))) return refuse('kernel.not-found', 404);
    const kind = file.endsWith('.png') ? 'png' : 'jpeg';
    const made = drawn(`${address} ${file}`, { width, kind }, reader(strapi, address));
    const picture = await (made ?? Promise.reject(new Error('busy'))).catch((error: unknown) => {
      strapi.log.warn(`crm: no picture of ${address.split('?')[0]}: ${String(error)}`);
      return null;
    });
    if (!picture) return refuse('kernel.not-found', made ? 404 : 503);
    // One behind a gate ends with its proof.
    ctx.set('Cache-Control', address.includes('?') ? 'private, max-age=3600' : YEAR);
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.type = `image/${kind}`;
    return success(picture);
  }),
});
