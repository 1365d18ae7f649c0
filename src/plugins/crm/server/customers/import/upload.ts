/** The file of an import request, as bytes on disk: text must not be decoded before we know how. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import type { Context } from 'koa';
import { z } from 'zod';

import { refuse, type Result } from '../../kernel';
import type { ImportSource } from './run-import';

const uploaded = z.object({
  filepath: z.string(),
  originalFilename: z.string().nullish(),
});

/** What body parsers leave on the request: an untrusted shape. */
const parsedRequest = z.object({
  body: z.unknown(),
  files: z.record(z.string(), z.unknown()).optional(),
});

function multipartFile(files: Record<string, unknown> | undefined): ImportSource | null {
  const found = files?.file ?? files?.files;
  const parsed = uploaded.safeParse(Array.isArray(found) ? found[0] : found);
  if (!parsed.success) return null;
  return { file: parsed.data.filepath, fileName: parsed.data.originalFilename ?? 'upload.csv' };
}

async function withTemporaryFile<T>(use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'crm-import-'));
  try {
    return await use(path.join(folder, 'upload.csv'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Gives `use` the file: multipart field `file`, or the raw body as `application/octet-stream` (any
 * encoding) or `text/csv` (UTF-8, as the body parser has decoded it).
 */
export async function withUpload<T>(
  ctx: Context,
  use: (source: ImportSource) => Promise<Result<T>>,
): Promise<Result<T>> {
  const { body, files } = parsedRequest.parse({
    body: (ctx.request as { body?: unknown }).body,
    files: (ctx.request as { files?: unknown }).files,
  });
  const sent = multipartFile(files);
  if (sent) {
    try {
      return await use(sent);
    } finally {
      await rm(sent.file, { force: true });
    }
  }
  const fileName = 'upload.csv';
  if (typeof body === 'string') {
    return withTemporaryFile(async (file) => {
      await writeFile(file, body);
      return use({ file, fileName });
    });
  }
  if (!ctx.is('application/octet-stream')) return refuse('customers.import.no-file', 400);
  return withTemporaryFile(async (file) => {
    await pipeline(ctx.req, createWriteStream(file));
    return use({ file, fileName });
  });
}
