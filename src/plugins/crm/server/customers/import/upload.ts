/** The file of an import request, as bytes on disk: text must not be decoded before we know how. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { z } from 'zod';

import { refuse, type Result } from '../../kernel';
import type { ImportSource } from './run-import';

const uploaded = z.object({
  filepath: z.string(),
  originalFilename: z.string().nullish(),
});

/** What body parsers leave on the request: an untrusted shape. */
const parsedRequest = z.object({ files: z.record(z.string(), z.unknown()).optional() });

const BYTES = 'application/octet-stream';
const TAKES_FILES = /^\/crm\/(?:\w+\/)?imports?$/;

/**
 * Before Strapi's body parser, which holds `text/csv` in memory, whoever sends it, and decodes it
 * before its encoding is known: such a file comes as the bytes that it is.
 */
export function takeFilesAsBytes(strapi: Core.Strapi): void {
  strapi.server.use((ctx: Context, next: Next) => {
    if (ctx.method === 'POST' && TAKES_FILES.test(ctx.path) && ctx.is('text/csv')) {
      ctx.req.headers['content-type'] = BYTES;
    }
    return next();
  });
}

/** How the file came: multipart field `file`, or the raw body, bytes or `text/csv`. */
export type RequestFile =
  | { readonly kind: 'file'; readonly path: string; readonly name: string | null }
  | { readonly kind: 'stream' }
  | { readonly kind: 'none' };

function multipartFile(files: Record<string, unknown> | undefined): RequestFile | null {
  const found = files?.file ?? files?.files;
  const parsed = uploaded.safeParse(Array.isArray(found) ? found[0] : found);
  if (!parsed.success) return null;
  const { filepath, originalFilename } = parsed.data;
  return { kind: 'file', path: filepath, name: originalFilename ?? null };
}

export function requestFile(ctx: Context): RequestFile {
  const { files } = parsedRequest.parse({
    files: (ctx.request as { files?: unknown }).files,
  });
  const sent = multipartFile(files);
  if (sent) return sent;
  return ctx.is(BYTES) ? { kind: 'stream' } : { kind: 'none' };
}

/** The file is longer than `imports.largest`. */
export class TooLarge extends Error {}

/** Ends a stream that is longer than it may be, before the disk is full. */
export function atMost(bytes: number): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      passed += chunk.length;
      if (passed > bytes) done(new TooLarge());
      else done(null, chunk);
    },
  });
}

async function withTemporaryFile<T>(use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'crm-import-'));
  try {
    return await use(path.join(folder, 'upload.csv'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Gives `use` the file for as long as the request lasts. */
export async function withUpload<T>(
  ctx: Context,
  largest: number,
  use: (source: ImportSource) => Promise<Result<T>>,
): Promise<Result<T>> {
  const sent = requestFile(ctx);
  const fileName = 'upload.csv';
  if (sent.kind === 'none') return refuse('customers.import.no-file', 400);
  if (sent.kind === 'file') {
    try {
      return await use({ file: sent.path, fileName: sent.name ?? fileName });
    } finally {
      await rm(sent.path, { force: true });
    }
  }
  return withTemporaryFile(async (file) => {
    try {
      await pipeline(ctx.req, atMost(largest), createWriteStream(file));
    } catch (error) {
      if (error instanceof TooLarge) return refuse('customers.import.too-large', 413);
      throw error;
    }
    return use({ file, fileName });
  });
}
