import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Platform } from '../platform';
import { refuse, type Answer } from './answer';
import { readBody } from './body';
import { handleInternal, handlePlatform, type Incoming } from './pipeline';
import type { Route } from './route';
import { Router } from './router';

/** Requests for streams and files, served before anything else. True when it answered. */
export type RawHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => boolean | Promise<boolean>;

export function createEmulatorServer(
  platform: Platform,
  routes: Route[],
  raw: RawHandler,
  origin: () => string,
): Server {
  const router = new Router(routes);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { path, search } = splitUrl(request.url ?? '/');
    if (!isLocalHost(request)) {
      write(response, refuse(403, 'The emulator answers requests to this computer only'));
      return;
    }
    if (await raw(request, response, path)) return;
    const incoming: Incoming = {
      platform,
      request,
      path,
      query: new URLSearchParams(search),
      requestId: randomUUID(),
      read: await readBody(request),
      origin: origin(),
    };
    const match = router.find(request.method ?? 'GET', path);
    if (match?.route.internal) {
      write(response, await handleInternal(incoming, match));
      return;
    }
    const outcome = await handlePlatform(incoming, match);
    if ('silence' in outcome) {
      if (outcome.silence === 'reset') request.socket.destroy();
      return;
    }
    write(response, outcome.answer, incoming.requestId);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      if (response.headersSent) response.destroy();
      else write(response, refuse(500, 'Internal server error'));
    });
  });
  // Longer than clients keep an idle connection, so that none is cut while it is taken up again.
  server.keepAliveTimeout = 65_000;
  return server;
}

function splitUrl(url: string): { path: string; search: string } {
  const mark = url.indexOf('?');
  if (mark < 0) return { path: url, search: '' };
  return { path: url.slice(0, mark), search: url.slice(mark + 1) };
}

const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** A page on another name that points at this computer must not reach the emulator. */
function isLocalHost(request: IncomingMessage): boolean {
  return LOCAL_HOST.test(request.headers.host ?? '');
}

/** Writes an answer; platform answers carry LINE's request id. */
export function write(response: ServerResponse, answer: Answer, requestId?: string): void {
  const headers: Record<string, string> = {
    ...(requestId ? { 'x-line-request-id': requestId } : {}),
    'cache-control': 'no-store',
    ...answer.headers,
  };
  if (answer.bytes) {
    response.writeHead(answer.status, headers).end(answer.bytes);
    return;
  }
  if (answer.html !== undefined) {
    headers['content-type'] = 'text/html; charset=utf-8';
    response.writeHead(answer.status, headers).end(answer.html);
    return;
  }
  headers['content-type'] = 'application/json';
  response.writeHead(answer.status, headers).end(JSON.stringify(answer.json ?? {}));
}
