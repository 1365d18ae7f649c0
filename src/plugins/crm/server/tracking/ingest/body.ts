/** The body of a call, read here because the fast lane stands before Strapi's own parser. */
import { gunzip } from 'node:zlib';

import type { Context } from 'koa';

import { MAX_BATCH_BYTES } from '../../../shared/tracking';
import { refuse, success, type Result } from '../../kernel';

const tooLarge = () => refuse('tracking.too-large', 413);

async function read(ctx: Context): Promise<Buffer | null> {
  if (Number(ctx.get('content-length')) > MAX_BATCH_BYTES) return null;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of ctx.req as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BATCH_BYTES) return null;
    parts.push(part);
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
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
