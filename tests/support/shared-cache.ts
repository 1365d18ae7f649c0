/**
 * A shared cache in front of the site, as a CDN or a proxy is: keeps what HTTP (RFC 9111) allows it
 * to keep and gives it to everybody. Small, and without mercy: it keeps whatever it is not forbidden.
 */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

interface Kept {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** The request headers that `Vary` names, as they were. */
  readonly varied: readonly (readonly [string, string])[];
  readonly until: number;
}

export interface SharedCache {
  readonly origin: string;
  /** Answers that came out of the cache. */
  readonly hits: number;
  stop(): Promise<void>;
}

const headerOf = (headers: IncomingHttpHeaders, name: string): string =>
  String(headers[name.toLowerCase()] ?? '');

/** Seconds that a shared cache may keep it; none when it may not. */
function lifetime(headers: Headers, asked: IncomingHttpHeaders): number {
  const rules = (headers.get('cache-control') ?? '').toLowerCase();
  if (/no-store|private|no-cache/.test(rules) || headers.get('vary') === '*') return 0;
  const shared = /s-maxage=(\d+)/.exec(rules)?.[1];
  if (asked.authorization && shared === undefined && !rules.includes('public')) return 0;
  return Number(shared ?? /max-age=(\d+)/.exec(rules)?.[1] ?? 0);
}

export async function startSharedCache(upstream: string): Promise<SharedCache> {
  const store = new Map<string, Kept[]>();
  let hits = 0;
  const server: Server = createServer((request, response) => {
    void (async () => {
      const key = `${request.method} ${request.url}`;
      const fits = (kept: Kept) =>
        kept.until > Date.now() &&
        kept.varied.every(([name, value]) => headerOf(request.headers, name) === value);
      let answer = store.get(key)?.find(fits);
      if (answer) hits += 1;
      else {
        answer = await ask(upstream, request.url ?? '/', request.headers);
        if (request.method === 'GET' && answer.status === 200 && answer.until > Date.now()) {
          store.set(key, [...(store.get(key) ?? []), answer]);
        }
      }
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(answer.body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The cache has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    get hits() {
      return hits;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function ask(upstream: string, path: string, asked: IncomingHttpHeaders): Promise<Kept> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(asked)) {
    if (!['host', 'connection'].includes(name) && typeof value === 'string') {
      headers.set(name, value);
    }
  }
  const answer = await fetch(upstream + path, { headers, redirect: 'manual' });
  const body = Buffer.from(await answer.arrayBuffer());
  const kept = new Headers(answer.headers);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding', 'connection']) {
    kept.delete(name);
  }
  const varied = (answer.headers.get('vary') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name.toLowerCase() !== 'accept-encoding')
    .map((name) => [name, headerOf(asked, name)] as const);
  const until = Date.now() + lifetime(answer.headers, asked) * 1000;
  return { status: answer.status, headers: kept, body, varied, until };
}
