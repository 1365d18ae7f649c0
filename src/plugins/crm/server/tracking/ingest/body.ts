/** The body of a call, read here because the fast lane stands before Strapi's own parser. */
import { gunzip } from 'node:zlib';

import type { Context } from 'koa';

import { MAX_BATCH_BYTES } from '../../../shared/tracking';
import { refuse, success, type Result } from '../../kernel';

const tooLarge = () => refuse('tracking.too-large', 413);

/** By events: an iterator of a stream costs several times what reading one small body does. */
function read({ req, headers }: Context): Promise<Buffer | null> {
  if (Number(headers['content-length']) > MAX_BATCH_BYTES) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    req.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= MAX_BATCH_BYTES) parts.push(part);
      else {
        req.pause();
        resolve(null);
      }
    });
    req.once('end', () =>
      resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)),
    );
    req.once('error', reject);
    req.once('close', () => {
      if (!req.complete) reject(new Error('The sender went away'));
    });
  });
}

/** A bomb ends where a batch ends. */
const unpack = (packed: Buffer): Promise<Buffer | null> =>
  new Promise((resolve) => {
    gunzip(packed, { maxOutputLength: MAX_BATCH_BYTES }, (error, plain) =>
      resolve(error ? null : plain),
    );
  });

export interface JsonBody {
  readonly value: unknown;
  readonly bytes: number;
}

/** Beacons come as text/plain, because another type would ask for a preflight: the type is not read. */
export async function jsonBody(ctx: Context): Promise<Result<JsonBody>> {
  const sent = await read(ctx);
  if (!sent) return tooLarge();
  const isPacked = ctx.get('content-encoding').toLowerCase() === 'gzip';
  const plain = isPacked ? await unpack(sent) : sent;
  if (!plain) return tooLarge();
  try {
    return success({ value: JSON.parse(plain.toString('utf8')) as unknown, bytes: plain.length });
  } catch {
    return refuse('tracking.not-json', 400);
  }
}
