/** Files of gated entries: refused without a valid token, and not shown in lists of files. */
import path from 'node:path';

import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';

import { crmConfig, localeOf, translate } from '../../kernel';
import { isEntity, type Entity } from '../domain/gate';
import { FILE, signedFile, TOKEN } from '../domain/signed-files';
import { accessService } from '../index';
import { gatedRequest } from '../rest/scope';
import { fileSigner, isValidLink } from './links';
import { gatedAmong, gatedFileIds, isGatedName, refreshNames } from './store';

export function guardFiles(strapi: Core.Strapi): void {
  strapi.server.use((ctx, next) => serve(strapi, ctx as unknown as Context, next));
  strapi.db.lifecycles.subscribe({
    models: [FILE],
    beforeFindMany: (event) => hideGated(strapi, event.params),
    beforeFindOne: (event) => hideGated(strapi, event.params),
    beforeCount: (event) => hideGated(strapi, event.params),
    afterUpdate: async (event) => {
      const { id } = (event as unknown as { result?: { id?: unknown } }).result ?? {};
      if (typeof id === 'number') await refreshNames(strapi, id);
    },
  });
}

/** A file that is asked for by itself; inside an entry the entry's gate has spoken already. */
async function hideGated(strapi: Core.Strapi, params: { where?: unknown }): Promise<void> {
  const ctx = gatedRequest(strapi);
  if (!ctx || (await accessService(strapi).viewerOf(ctx)).kind === 'preview') return;
  const without = { id: { $notIn: gatedFileIds(strapi) } };
  params.where = { $and: [params.where ?? {}, without] };
}

async function serve(strapi: Core.Strapi, ctx: Context, next: Next): Promise<void> {
  const name = uploadOf(ctx);
  if (name === null) {
    await next();
    await signForAdmin(strapi, ctx);
    return;
  }
  if (!(await isGatedName(strapi, name))) return void (await next());
  if (!isValidLink(strapi, name, ctx.query[TOKEN])) {
    ctx.set('Cache-Control', 'private, no-store');
    ctx.status = 403;
    ctx.body = translate(
      strapi,
      localeOf(ctx, crmConfig(strapi).defaultLocale),
      'access.file-refused',
    );
    return;
  }
  await next();
  ctx.set('Cache-Control', 'private, no-store');
}

/** The name under which a file is asked for, however its path is written; null: no file. */
function uploadOf(ctx: Context): string | null {
  // Most requests are for something else, and nothing hides these letters but an escape.
  if (!/uploads|%/i.test(ctx.path)) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(ctx.path);
  } catch {
    return null;
  }
  // No file has such a name, and PostgreSQL would not even be asked for it.
  if (decoded.includes('\0')) return null;
  const plain = path.posix.normalize(decoded.replaceAll('\\', '/')).toLowerCase();
  return /(^|\/)uploads\//.test(plain) ? plain.slice(plain.lastIndexOf('/') + 1) : null;
}

/**
 * Editors see every file, in the media library and in the edit view. Only gated files get a token:
 * an editor who puts an open one into a text keeps its plain address there, for good.
 */
async function signForAdmin(strapi: Core.Strapi, ctx: Context): Promise<void> {
  const { route, auth } = ctx.state as {
    route?: { info?: { type?: string } };
    auth?: { strategy?: { name?: string } };
  };
  const isAdmin = route?.info?.type === 'admin' && auth?.strategy?.name === 'admin';
  if (!isAdmin || !/^\/(upload|content-manager)\//.test(ctx.path)) return;
  const ids = new Set<number>();
  mapFiles(ctx.body, (file) => (ids.add(Number(file.id)), file));
  if (ids.size === 0) return;
  const gated = await gatedAmong(strapi, [...ids]);
  if (gated.size === 0) return;
  const sign = fileSigner(strapi, 'page');
  ctx.body = mapFiles(ctx.body, (file) =>
    gated.has(Number(file.id)) ? signedFile({ sign }, file) : file,
  );
}

function mapFiles(value: unknown, map: (file: Entity) => Entity): unknown {
  if (Array.isArray(value)) return value.map((part) => mapFiles(part, map));
  // Dates and streams stay what they are.
  if (!isEntity(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  if (typeof value.url === 'string' && 'mime' in value && 'hash' in value) return map(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapFiles(part, map)]));
}
