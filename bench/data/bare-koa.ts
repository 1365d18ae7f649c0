/** The least a page can cost: Koa, one row of SQLite, the bytes as they are. */
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

import Database from 'better-sqlite3';
import type KoaApplication from 'koa';

const requireHere = createRequire(__filename);

export interface BareKoa {
  readonly origin: string;
  stop(): void;
}

/** Answers every path below `/` with the row of that path. */
export async function startBareKoa(
  pages: readonly { readonly path: string; readonly type: string; readonly body: string }[],
): Promise<BareKoa> {
  const Koa = requireHere('koa') as typeof KoaApplication;
  const db = new Database(':memory:');
  db.exec('create table pages (path text primary key, type text, body text)');
  const insert = db.prepare('insert into pages values (?, ?, ?)');
  for (const { path, type, body } of pages) insert.run(path, type, body);
  const find = db.prepare<[string], { type: string; body: string }>(
    'select type, body from pages where path = ?',
  );
  const app = new Koa();
  app.use((ctx) => {
    const page = find.get(ctx.path);
    if (!page) return;
    ctx.type = page.type;
    ctx.body = page.body;
  });
  const server = app.listen(0, '127.0.0.1');
  server.keepAliveTimeout = 0;
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections();
      server.close();
      db.close();
    },
  };
}
