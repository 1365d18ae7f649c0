import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import type { RawHandler } from './http/server';
import type { Platform } from './platform';

const FOLDER = join(__dirname, 'phone');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The page's own scripts only; pictures and framed pages may come from anywhere. */
const POLICY =
  "default-src 'self'; img-src * data:; media-src *; frame-src *; style-src 'self' 'unsafe-inline'; base-uri 'none'; object-src 'none'";

/** Serves the phone page, its files and its stream of news. */
export function phoneFiles(platform: Platform): RawHandler {
  return async (request, response, path) => {
    if (request.method !== 'GET') return false;
    if (path === '/__emu/phone/stream') {
      stream(platform, request, response);
      return true;
    }
    if (path === '/' || path === '/phone' || /^\/phone\/U[0-9a-f]{32}$/.test(path)) {
      return sendFile(response, join(FOLDER, 'index.html'));
    }
    if (!path.startsWith('/phone/')) return false;
    const file = normalize(join(FOLDER, path.slice('/phone/'.length)));
    return file.startsWith(FOLDER + sep) && sendFile(response, file);
  };
}

async function sendFile(response: ServerResponse, file: string): Promise<boolean> {
  const type = TYPES[extname(file)];
  if (!type) return false;
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return false;
  response.writeHead(200, {
    'content-type': type,
    'content-length': found.size,
    'cache-control': 'no-cache',
    'content-security-policy': POLICY,
  });
  createReadStream(file).pipe(response);
  return true;
}

/** Requests can come by the thousand a second; the page is told at most this often. */
const NEWS_EVERY_MS = 150;

function stream(platform: Platform, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.write('retry: 1000\n\n');
  const waiting = new Set<string>();
  const unsubscribe = platform.notifications.subscribe((news) => waiting.add(JSON.stringify(news)));
  const timer = setInterval(() => {
    if (waiting.size === 0) return;
    response.write([...waiting].map((news) => `data: ${news}\n\n`).join(''));
    waiting.clear();
  }, NEWS_EVERY_MS);
  request.on('close', () => {
    unsubscribe();
    clearInterval(timer);
  });
}
