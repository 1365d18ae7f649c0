import { createHash } from 'node:crypto';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';

/** One request that came in at the emulated API, and what it was answered. */
export interface LoggedRequest {
  sequence: number;
  at: number;
  method: string;
  path: string;
  query: Record<string, string[]>;
  headers: Record<string, string>;
  body: unknown;
  status: number;
  requestId: string;
  answer?: unknown;
  fault?: string;
}

export type NewLoggedRequest = Omit<LoggedRequest, 'sequence'>;

export interface RequestLog {
  add(request: NewLoggedRequest): void;
  /** The newest, in the order they came. */
  list(limit?: number): LoggedRequest[];
  total(): number;
  /** How often each status was answered, since the beginning. */
  statuses(): Record<string, number>;
  clear(): void;
  close(): Promise<void>;
}

const CAPACITY = 5000;

/** Keeps the last requests in a ring; with a file, every one of them goes there as well. */
export function createRequestLog(file?: string): RequestLog {
  let ring: LoggedRequest[] = [];
  let total = 0;
  let statuses = new Map<number, number>();
  const stream: WriteStream | undefined = file
    ? createWriteStream(file, { flags: 'a' })
    : undefined;

  return {
    add(request) {
      const entry: LoggedRequest = { sequence: total, ...request };
      ring[total % CAPACITY] = entry;
      total += 1;
      statuses.set(request.status, (statuses.get(request.status) ?? 0) + 1);
      stream?.write(`${JSON.stringify(entry)}\n`);
    },
    list(limit = CAPACITY) {
      const wanted = Math.min(limit, total, CAPACITY);
      const entries: LoggedRequest[] = [];
      for (let sequence = total - wanted; sequence < total; sequence += 1) {
        const entry = ring[sequence % CAPACITY];
        if (entry) entries.push(entry);
      }
      return entries;
    },
    total: () => total,
    statuses: () => Object.fromEntries(statuses),
    clear() {
      statuses = new Map();
      ring = [];
      total = 0;
    },
    close: () =>
      new Promise((resolve) => {
        if (stream) stream.end(() => resolve());
        else resolve();
      }),
  };
}

/** Headers as they may be kept: tokens are recognisable but not usable. */
export function loggableHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const text = Array.isArray(value) ? value.join(', ') : value;
    kept[name] = name === 'authorization' || name === 'cookie' ? redacted(text) : text;
  }
  return kept;
}

let last = { secret: '', shown: '' };

/** One token makes thousands of calls. */
function redacted(secret: string): string {
  if (last.secret !== secret) last = { secret, shown: digestOf(secret) };
  return last.shown;
}

function digestOf(secret: string): string {
  const scheme = secret.startsWith('Bearer ') ? 'Bearer ' : '';
  return `${scheme}sha256:${createHash('sha256').update(secret).digest('hex').slice(0, 12)}`;
}
