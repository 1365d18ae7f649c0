/** Uploaded files that wait for their import, on this node's disk. */
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { randomUUID } from 'node:crypto';

import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { crmConfig, refuse, success, type Result } from '../../kernel';
import { atMost, requestFile, TooLarge } from './upload';

async function newPath(strapi: Core.Strapi): Promise<string> {
  const { folder } = crmConfig(strapi).imports;
  const kept = folder ?? path.join(strapi.dirs.app.root, '.tmp', 'crm-imports');
  await mkdir(kept, { recursive: true });
  return path.join(kept, `${randomUUID()}.import`);
}

/** Writes the file of a request to where it is kept; answers where. */
export async function keepUpload(strapi: Core.Strapi, ctx: Context): Promise<Result<string>> {
  const target = await newPath(strapi);
  const sent = requestFile(ctx);
  try {
    if (sent.kind === 'none') return refuse('customers.import.no-file', 400);
    if (sent.kind === 'file') {
      await copyFile(sent.path, target);
      await rm(sent.path, { force: true });
    }
    if (sent.kind === 'stream') {
      const { largest } = crmConfig(strapi).imports;
      await pipeline(ctx.req, atMost(largest), createWriteStream(target));
    }
    return success(target);
  } catch (error) {
    await rm(target, { force: true });
    if (error instanceof TooLarge) return refuse('customers.import.too-large', 413);
    throw error;
  }
}
