import type { IncomingMessage } from 'node:http';
import { refuse, type Answer } from './answer';
import type { Route } from './route';

/** Larger bodies are cut off unread; LINE's own limits are far below. */
const HARD_LIMIT = 12 * 1024 * 1024;
const JSON_LIMIT = 2 * 1024 * 1024;

export type ReadBody = { bytes: Buffer; tooLarge: boolean };

/** By its events: iterating over a request costs as much as everything else a push does here. */
export function readBody(request: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= HARD_LIMIT) chunks.push(chunk);
    });
    request.once('end', () => {
      resolve({ bytes: Buffer.concat(chunks), tooLarge: size > HARD_LIMIT });
    });
    request.once('error', reject);
    request.once('close', () => {
      if (!request.complete) reject(new Error('The request was cut off'));
    });
  });
}

export type ParsedBody = { value: unknown } | { refusal: Answer };

/** Checks content type and size, then parses, in the order LINE reports these. */
export function parseBody(
  route: Route,
  contentType: string | undefined,
  read: ReadBody,
): ParsedBody {
  if (!route.body || route.body === 'bytes') {
    return read.tooLarge
      ? { refusal: refuse(413, 'Request Entity Too Large') }
      : { value: undefined };
  }
  if (read.tooLarge || read.bytes.length > JSON_LIMIT) {
    return { refusal: refuse(413, 'Request Entity Too Large') };
  }
  return route.body === 'form' ? parseForm(contentType, read) : parseJson(contentType, read);
}

function parseForm(contentType: string | undefined, read: ReadBody): ParsedBody {
  if (contentType && !contentType.startsWith('application/x-www-form-urlencoded')) {
    return { refusal: unsupported(contentType) };
  }
  return { value: Object.fromEntries(new URLSearchParams(read.bytes.toString('utf8'))) };
}

function parseJson(contentType: string | undefined, read: ReadBody): ParsedBody {
  // Calls such as "link a rich menu" are a POST without a body.
  if (read.bytes.length === 0 && !contentType) return { value: undefined };
  if (!contentType?.toLowerCase().startsWith('application/json')) {
    return { refusal: unsupported(contentType ?? 'null') };
  }
  try {
    return { value: read.bytes.length === 0 ? undefined : JSON.parse(read.bytes.toString('utf8')) };
  } catch {
    return {
      refusal: refuse(400, 'The request body could not be parsed as JSON (line: 1, column: 1)'),
    };
  }
}

function unsupported(contentType: string): Answer {
  return refuse(415, `The content type, ${contentType}, is not supported`);
}
